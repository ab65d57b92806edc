//! What Pli does with Matrix: accounts, sync, rooms, timelines, sending.
