"""What every kind of case shares over HTTP: pages, versions, repeated requests, threads."""
