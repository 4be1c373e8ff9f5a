"""`icat bench`: public sets and folders of files, through the product and through what one would write instead."""
