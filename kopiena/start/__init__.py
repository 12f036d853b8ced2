"""The starting data, from the customer's documents alone: what is not known there stays empty."""
