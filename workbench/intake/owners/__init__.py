"""The ownership catalogue in and out: Backstage, CODEOWNERS and tables read as one shape, and Backstage written."""
