CREATE TABLE `collectors` (
	`cluster` text NOT NULL,
	`name` text NOT NULL,
	`beat_at` integer NOT NULL,
	`watches` text NOT NULL,
	PRIMARY KEY(`cluster`, `name`)
);
