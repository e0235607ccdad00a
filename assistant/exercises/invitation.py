"""How a class gets in: the address of a room, and its QR code to hold a telephone to."""

from io import BytesIO
from urllib.parse import quote


def room_address(page: str, code: str) -> str:
    """The page's address with the room code filled in; ``page`` is what trainees type, http://10.0.0.5:7860."""
    return f"{page.rstrip('/')}/join/?room={quote(code)}"


def qr_svg(address: str) -> str:
    """The QR code of ``address`` as an SVG element, black on white, to be put into a page as it is."""
    from qrcode import QRCode
    from qrcode.image.svg import SvgPathFillImage

    code = QRCode(border=4)
    code.add_data(address)
    return str(code.make_image(image_factory=SvgPathFillImage).to_string(encoding="unicode"))


def qr_png(address: str) -> bytes:
    """The QR code of ``address`` as a PNG file, to be projected or pasted."""
    from qrcode import QRCode
    from qrcode.image.pil import PilImage

    code = QRCode(border=4, box_size=12)
    code.add_data(address)
    kept = BytesIO()
    code.make_image(image_factory=PilImage).save(kept, format="PNG")
    return kept.getvalue()
