"""The Toolkit in answers and as a working document: what is asked for, which items fit, the design sheet."""
