"""Twenty users on four database connections, in any order, with errors and rollbacks between them: nobody is ever given
a row that is somebody else's to see, and a connection that nobody asks on sees nothing."""
