"""Photos and pictures, drawn anew: places, cameras, thumbnails and whatever was hung on behind are left out."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from trellis.documents.checking.refusal import NotAccepted, is_not

MOST_PIXELS = 60_000_000
TOO_LARGE = "The picture has more than 60 million points. Save a smaller copy, then choose that"


def jpeg(content: bytes) -> bytes:
    picture = _opened(content, "JPEG")
    drawn = BytesIO()
    picture.convert("L" if picture.mode == "L" else "RGB").save(drawn, "JPEG", quality=92)
    return drawn.getvalue()


def png(content: bytes) -> bytes:
    picture = _opened(content, "PNG")
    drawn = BytesIO()
    picture.convert("RGBA" if picture.has_transparency_data else "RGB").save(drawn, "PNG")
    return drawn.getvalue()


def _opened(content: bytes, kind: str) -> Image.Image:
    """The picture, turned as its camera said and without anything beside its points."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=[kind])
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAccepted(TOO_LARGE)
            turned = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NotAccepted(TOO_LARGE) from None
    except NotAccepted:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise is_not(kind) from None
    turned.info = {key: value for key, value in turned.info.items() if key == "transparency"}
    return turned
