// Loaded before a program that a test or the test command starts: when the process that started it ends, in whatever
// way, its standard input ends, and so does the program. Programs that it starts in turn are not concerned.
if (process.env.TENU_TETHERED !== 'yes') {
	process.env.TENU_TETHERED = 'yes';
	const end = () => process.kill(process.pid, 'SIGKILL');
	process.stdin.on('end', end).on('error', end).resume();
	// It must not keep a program alive that has nothing left to do.
	process.stdin.unref?.();
}
