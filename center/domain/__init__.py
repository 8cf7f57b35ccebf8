"""The center's rules, one file per institution of the ordinance: no web, no SQL, no files. Imports the standard library and the holiday tables only."""
