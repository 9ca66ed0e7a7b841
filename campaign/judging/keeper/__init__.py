"""The round keeper: forecasts and proposals, and the reminders people send."""
