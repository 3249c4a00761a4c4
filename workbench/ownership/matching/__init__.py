"""How a component is found by what a text says: names, hosts, URLs, paths and error messages, slips put right."""
