"""What copiers, faxes and telephones make of a page: DEFECTS, and copy, which makes one of them.

A treatment is arguments of ImageMagick's convert, given to the page as a grey picture of that many
dots an inch. Those that leave two levels of grey are stored with one bit a pixel.
"""
import os
import struct
import zlib

from papers import assemble, jpeg_size, read, run

WHITE = ["-background", "white"]


def turned(degrees, quality=75):
    return [*WHITE, "-rotate", str(degrees), "-quality", str(quality)]


def tilted(*corners):
    """Seen from aslant: where the corners go (from the top left one, clockwise), as fractions."""
    moves = " ".join(f"%[fx:{x}*w],%[fx:{y}*h] %[fx:{to_x}*w],%[fx:{to_y}*h]"
                     for (x, y), (to_x, to_y) in zip(((0, 0), (1, 0), (1, 1), (0, 1)), corners))
    return ["-virtual-pixel", "gray", "-distort", "Perspective", moves]


def shaded(dark, direction="NorthWest"):
    """The shadow of a hand or a book's back: from white down to that level of grey."""
    return ["(", "-clone", "0", "-sparse-color", "bilinear",
            f"0,0 gray({dark}) %w,0 gray({(dark + 255) // 2}) 0,%h gray({(dark + 255) // 2}) "
            "%w,%h white" if direction == "NorthWest" else
            f"0,0 white %w,0 gray({(dark + 255) // 2}) 0,%h gray({(dark + 255) // 2}) "
            f"%w,%h gray({dark})", ")", "-compose", "Multiply", "-composite"]


def drawn(fill, *shapes):
    """Shapes over the page."""
    return ["-fill", fill, "-stroke", "none", *(part for shape in shapes
                                                for part in ("-draw", shape))]


def noisy(kind, amount):
    return ["-attenuate", str(amount), "+noise", kind]


# name: (dots an inch, treatment, whether the code is to be read). A QR code of 25 mm stands at the
# foot of the page, at the right; what is not there cannot be read, and must be nobody's.
DEFECTS = {
    "150 dpi in grey": (150, ["-quality", "75"], True),
    "100 dpi in grey": (100, ["-quality", "75"], True),
    "75 dpi in grey": (75, ["-quality", "85"], True),
    "300 dpi in grey": (300, ["-quality", "75"], True),
    "600 dpi in grey": (600, ["-quality", "50"], True),
    "JPEG of quality 40": (150, ["-quality", "40"], True),
    "JPEG of quality 20": (150, ["-quality", "20"], True),
    "JPEG of quality 10": (150, ["-quality", "10"], True),
    "JPEG of quality 20 at 100 dpi": (100, ["-quality", "20"], True),
    "black and white": (150, ["-threshold", "50%"], True),
    "black and white, too dark": (200, ["-threshold", "85%"], True),
    "black and white, too light": (200, ["-threshold", "15%"], True),
    "black and white, dithered": (300, ["-ordered-dither", "o4x4"], True),
    "black and white, dithered at 200 dpi": (200, ["-ordered-dither", "o4x4"], True),
    "black and white of a grey sheet": (200, ["+level", "10%,80%", "-ordered-dither", "o4x4"], True),
    "a fine fax (200 × 200)": (200, "fax", True),
    "a fax (200 × 100)": (200, "coarse fax", True),
    "a fax (200 × 100) that went in askew": (200, "askew fax", True),
    **{f"turned by {degrees}°": (150, turned(degrees), True)
       for degrees in (1, 3, -10, 20, 30, 45, 60, 90, 135, 180, 200, 270, 315)},
    "turned by 45° in black and white": (200, [*turned(45), "-threshold", "50%"], True),
    "leaning": (150, [*WHITE, "-shear", "8x0", "-quality", "60"], True),
    "leaning the other way": (150, [*WHITE, "-shear", "0x-12", "-quality", "60"], True),
    "seen from above": (150, tilted((.12, .05), (.88, .05), (1, 1), (0, 1)), True),
    "seen from below": (150, tilted((0, 0), (1, 0), (.85, .95), (.15, .95)), True),
    "seen from the right": (150, tilted((.05, .15), (1, 0), (1, 1), (.05, .85)), True),
    "seen from a corner": (200, tilted((.2, .1), (.95, .2), (.85, .95), (.02, .85)), True),
    "photographed": (200, [*tilted((.08, .1), (.92, .04), (.97, .95), (.03, .9)), *shaded(70),
                           "-gaussian-blur", "0x1", *noisy("Gaussian", .4), "-quality", "60"], True),
    "photographed in a bad light": (
        200, [*tilted((.1, .04), (.95, .1), (.9, .97), (.04, .93)), *shaded(60, "SouthEast"),
              "+level", "5%,55%", *noisy("Gaussian", .5), "-quality", "50"], True),
    "dim": (150, ["+level", "10%,45%"], True),
    "very dim": (150, ["+level", "4%,16%", "-quality", "85"], True),
    "pale": (150, ["+level", "80%,100%"], True),
    "very pale": (150, ["+level", "88%,100%", "-quality", "85"], True),
    "without contrast": (150, ["+level", "45%,60%", "-quality", "85"], True),
    "noisy": (150, [*noisy("Gaussian", 1.2), "-quality", "50"], True),
    "very noisy": (200, [*noisy("Gaussian", 2.5), "-quality", "50"], True),
    "specks": (150, noisy("Impulse", .3), True),
    "specks in black and white": (200, [*noisy("Impulse", .4), "-threshold", "50%"], True),
    "out of focus": (150, ["-gaussian-blur", "0x1"], True),
    "far out of focus": (150, ["-gaussian-blur", "0x1.5"], True),
    "shaken": (150, ["-motion-blur", "0x4+30"], True),
    "a shadow over the page": (150, shaded(60), True),
    "a shadow over the code": (150, shaded(50, "SouthEast"), True),
    "folded through the code": (150, drawn("gray(90)", "rectangle 1060,0 1061,1753",
                                           "rectangle 0,1640 1239,1641"), True),
    "holes and black edges": (150, drawn("black", "circle 40,500 62,500", "circle 40,1200 62,1200",
                                         "rectangle 0,0 14,1754"), True),
    "a stroke of a pen through the code": (
        150, ["-fill", "none", "-stroke", "gray(60)", "-strokewidth", "2", "-draw",
              "line 960,1560 1180,1700"], True),
    "a spot on the code": (150, drawn("gray(40)", "circle 1060,1640 1067,1640"), True),
    "smaller, two on a sheet": (200, [*WHITE, "-resize", "70%", "-gravity", "center", "-extent",
                                      "1654x2339", "-quality", "75"], True),
    "the upper half torn off": (150, ["-gravity", "South", "-crop", "100%x50%+0+0", "+repage"],
                                True),
    "the left half torn off": (150, ["-gravity", "East", "-crop", "50%x100%+0+0", "+repage"], True),
    "the code torn off": (150, ["-gravity", "North", "-crop", "100%x86%+0+0", "+repage"], False),
    "torn through the code": (150, ["-gravity", "North", "-crop", "100%x93%+0+0", "+repage"],
                              False),
    "white": (150, ["-threshold", "-1"], False),
    "black": (150, ["-threshold", "100%"], False),
    "all at once": (150, [*turned(3), "-gaussian-blur", "0x0.7", *noisy("Gaussian", .7), "+level",
                          "15%,85%", "-quality", "40"], True),
}


def wrap(picture, width, height, bits, encoding, entries=b""):
    """A page of A4's length that is that picture."""
    wide = round(842 * width / height)
    high = 842
    if wide > 842:
        wide, high = 842, round(842 * height / width)
    content = b"q %d 0 0 %d 0 0 cm /I Do Q" % (wide, high)
    return assemble([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /XObject << /I 5 0 R >> >> >>" % (wide, high),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d "
        b"/ColorSpace /DeviceGray /Filter /%s %s /Length %d >>\nstream\n%s\nendstream"
        % (width, height, bits, encoding, entries, len(picture), picture)])


def fax(folder, grey, *treatment):
    """CCITT group 4, as most copiers write black and white: the one strip of a TIFF."""
    path = os.path.join(folder, "fax.tif")
    run("convert", grey, *treatment, "-threshold", "50%", "-endian", "LSB", "-compress", "Group4",
        "-define", "tiff:rows-per-strip=100000", path)
    tiff = read(path)
    start, = struct.unpack_from("<I", tiff, 4)
    count, = struct.unpack_from("<H", tiff, start)
    tags = {}
    for number in range(count):
        tag, kind, _, value = struct.unpack_from("<HHII", tiff, start + 2 + 12 * number)
        tags[tag] = value & 0xFFFF if kind == 3 else value
    width, height, offset, length = (tags[tag] for tag in (256, 257, 273, 279))
    page = wrap(tiff[offset:offset + length], width, height, 1, b"CCITTFaxDecode",
                b"/DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >>"
                % (width, height, b"true" if tags[262] == 1 else b"false"))
    return page.replace(b"%d 0 0 842" % round(842 * width / height), b"595 0 0 842").replace(
        b"[0 0 %d 842]" % round(842 * width / height), b"[0 0 595 842]")


FAXES = {"fax": [], "coarse fax": ["-resize", "100%x50%!"],
         "askew fax": [*WHITE, "-rotate", "4", "-resize", "100%x50%!"]}


def copy(folder, page, dpi, treatment):
    """The first page of the file printed, treated and wrapped."""
    grey = os.path.join(folder, "page.pgm")
    with open(grey, "wb") as file:
        file.write(run("pdftoppm", "-r", str(dpi), "-gray", "-singlefile", page).stdout)
    if isinstance(treatment, str):
        return fax(folder, grey, *FAXES[treatment])
    if "-threshold" in treatment or "-ordered-dither" in treatment:
        bitmap = run("convert", "-seed", "1", grey, *treatment, "pbm:-").stdout
        _, size, rows = bitmap.split(b"\n", 2)
        width, height = map(int, size.split())
        return wrap(zlib.compress(bytes(255 - byte for byte in rows)), width, height, 1,
                    b"FlateDecode")
    jpeg = run("convert", "-seed", "1", grey, *treatment, "-colorspace", "Gray", "jpeg:-").stdout
    return wrap(jpeg, *jpeg_size(jpeg)[:2], 8, b"DCTDecode")
