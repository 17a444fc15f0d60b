DROP INDEX "entries_envelope_recorded_idx";--> statement-breakpoint
CREATE INDEX "entries_recorded_idx" ON "entries" USING btree ("recorded_at");