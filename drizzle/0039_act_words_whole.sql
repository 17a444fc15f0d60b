-- The words of an act as they are searched. An index takes a megabyte of different words and places: of an
-- act that has more, so much of its beginning is searched as there is room for, and it is entered all the same.
create function act_words(title text, content text) returns tsvector
	language plpgsql immutable strict cost 10000 as $$
declare
	plain text := replace(translate(normalize(title || ' ' || content, NFC),
		E'ÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàâäáãåçèéêëìíîïñòóôõöùúûüýÿ’\u00a0\u202f\u2009',
		'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy    '), 'œ', 'oe');
begin
	loop
		begin
			return to_tsvector('pg_catalog.french'::regconfig, plain);
		exception when program_limit_exceeded then
			plain := left(plain, length(plain) * 3 / 4);
		end;
	end loop;
end $$;
