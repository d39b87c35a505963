"""The statutory return of looked-after children beside the police count."""
