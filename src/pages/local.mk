# Filled by the files of this room.
