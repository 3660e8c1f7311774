/*
 * Ctrl-C and SIGTERM: long work ends early, says what it has, and then the process ends by
 * that signal.
 */
#ifndef AON_BASE_STOP_H
#define AON_BASE_STOP_H

#include <stdbool.h>

/* From now on SIGINT and SIGTERM only ask to stop.  Another one, a second later or more,
 * ends the process at once (timeout(1) sends two together).  A signal that was ignored
 * before (nohup, a job in the background) still is. */
void aon_stop_catch(void);
/* Has one arrived?  Any thread may ask; without aon_stop_catch the answer is no. */
bool aon_stop_asked(void);
/* End by the signal that has arrived, as a shell expects it (128 + its number); returns if
 * there is none. */
void aon_stop_end(void);

#endif
