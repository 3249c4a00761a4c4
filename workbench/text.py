"""Text from outside, made harmless: what a terminal would obey becomes something a person can see.

And what a number looks like as text wherever one is told.
"""

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_DELETE = {0x7F: 0x2421}
_C1 = {code: 0xFFFD for code in range(0x80, 0xA0)}
_DIRECTION = {
    code: 0xFFFD
    for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF)
}
_SURROGATES = {code: 0x3F for code in range(0xD800, 0xE000)}
_VISIBLE = _CONTROLS | _DELETE | _C1 | _DIRECTION | _SURROGATES
_ONE_LINE = _VISIBLE | {0x09: 0x20, 0x0A: 0x21B5}
_EIGHTHS = " ▏▎▍▌▋▊▉"


def visible(text: str) -> str:
    """The text with control, direction and surrogate characters made visible; tab and newline stay."""
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """The text made visible on one line: a newline becomes ↵, a tab a space."""
    return text if text.isascii() and text.isprintable() else text.translate(_ONE_LINE)


def in_short(text: str, most: int) -> str:
    """The text on one line with single spaces, cut to so many characters."""
    flat = one_line(" ".join(text.split()))
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def storable(text: str) -> str:
    """The text as SQLite can keep it: lone surrogates become `?`; everything else stays as it came."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def times(count: int) -> str:
    """`1 time`, `1,204 times`."""
    return f"{count:,} time{'s' * (count != 1)}"


def bar(share: float, width: int) -> str:
    """The share from 0 to 1 as a bar of eighth blocks, exactly `width` cells wide; more than 1 is full."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    whole, part = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(width)
