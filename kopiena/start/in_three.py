"""A text in Latvian, Russian and English as the three fields of a row."""


def in_three(name: str, lv: str, ru: str, en: str) -> dict[str, str]:
    """Fields `name_lv`, `name_ru`, `name_en`; lines of a paragraph are joined, an empty line parts paragraphs."""
    return {f"{name}_{code}": paragraphs(text) for code, text in (("lv", lv), ("ru", ru), ("en", en))}


def paragraphs(text: str) -> str:
    """The text without the line breaks of its source file."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))
