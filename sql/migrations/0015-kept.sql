-- What a convention tells was corrected, and the convention stayed as it is: its history says so.
ALTER TABLE history MODIFY COLUMN event
    ENUM('generate', 'deposit', 'validate', 'mark_incomplete', 'invalidate', 'regenerate',
         'reissue', 'cancel', 'remind', 'keep') NOT NULL;
