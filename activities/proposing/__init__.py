"""Projects and activities as institutions propose them: drafts, the way to the centre, what becomes of them."""
