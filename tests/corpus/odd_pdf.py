"""PDFs written byte by byte, for tests of what no program would write."""

from __future__ import annotations

import io
import zlib

WORDS = "Ask first who is at risk."
DRAWN = f"BT /F1 12 Tf 20 100 Td ({WORDS}) Tj ET\n".encode()


def pdf(content: bytes = DRAWN, filters: bytes = b"[]", pages: int = 1) -> bytes:
    """Pages of 300 by 200 points, all with this content stream, packed as `filters` says."""
    out, places = io.BytesIO(), []

    def write(body: bytes) -> None:
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (len(places), body))

    out.write(b"%PDF-1.4\n")
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    write(b"<</Type/Catalog/Pages 2 0 R>>")
    write(b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, kids))
    write(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    write(b"<</Length %d/Filter %b>>stream\n%b\nendstream" % (len(content), filters, content))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"
    for _ in range(pages):
        write(page)
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))
    return out.getvalue()


def packed_twice(mebibytes: int) -> bytes:
    """So much white space, deflated, and that deflated: a few hundred bytes."""
    packer = zlib.compressobj(1)
    spaces = b" " * (1 << 20)
    once = b"".join(packer.compress(spaces) for _ in range(mebibytes)) + packer.flush()
    return zlib.compress(once, 9)
