"""The service center: the other end of the wire. Rules, records, what terminals call and what staff use."""
