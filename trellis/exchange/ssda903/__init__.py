"""The statutory return of looked-after children (SSDA903): its Missing table with the Header and Episodes it needs."""
