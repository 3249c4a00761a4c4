"""What tests are made with: a help desk, a person in front of its screens, terminals, what is read off a screen."""
