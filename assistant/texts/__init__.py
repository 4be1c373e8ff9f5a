"""What the interface says, in the reader's language: one catalogue of messages (gettext) in six languages.

The English text is the key. Texts stand where they are used: in Python and scripts as `_("…")`, in HTML files as
`{{…}}`, and in YAML. `python -m assistant.texts` gathers them into `locale/*.po`, where translators work.
"""
