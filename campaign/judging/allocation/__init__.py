"""Who is put before which photo, planned and as judges come."""
