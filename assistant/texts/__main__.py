"""`python -m assistant.texts`: gathers the texts of the interface into the catalogues that translators work on."""

from assistant.texts.catalogue import LOCALE
from assistant.texts.gathering import brought_up_to_date, gathered, languages, missing, written


def main() -> int:
    """Writes the catalogues and says what each lacks."""
    template = gathered()
    for language in languages():
        catalogue = brought_up_to_date(language, template)
        (LOCALE / f"{language}.po").write_bytes(written(catalogue))
        print(f"{language}: {len(catalogue)} texts, {len(missing(catalogue))} of them without a translation")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
