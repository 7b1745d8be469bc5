"""What an input method is composing belongs to the text a person sees, before Qt counts it in."""


def on_screen(text: str, at: int, composed: str) -> str:
    """The text with what is being composed in it. at: where, as Qt counts positions (in units of UTF-16)."""
    if not composed:
        return text
    raw, place = text.encode("utf-16-le", "surrogatepass"), 2 * at
    whole = raw[:place] + composed.encode("utf-16-le", "surrogatepass") + raw[place:]
    return whole.decode("utf-16-le", "surrogatepass")
