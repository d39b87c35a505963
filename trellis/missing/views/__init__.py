"""The missing desk, one episode, and a child's episodes."""
