/*
 * What stands twice in a text, as textcheck/text/repeated.py describes it; both find the same.
 * Compiled when the program is installed where there is a compiler, else left out.
 */
#include <stdint.h>
#include <string.h>

#define NO_CHARACTER 0xFFFF /* stands between texts */

/* Where to write the runs, and how much room there is. */
typedef struct {
    int64_t *starts, *lengths, *lags, room, written;
} Runs;

static inline int stands_again(const uint32_t *points, int64_t length, int64_t place, int64_t lag)
{
    return place >= 0 && place + lag < length && points[place] == points[place + lag]
           && points[place] && points[place] != NO_CHARACTER;
}

/*
 * Write the runs of characters that stand again so far behind, at least one fewer than the lag. A
 * run holds one of any so many places in a row, so no more are looked at.
 */
void textcheck_runs(const uint32_t *points, int64_t length, int64_t shortest, int64_t longest,
                    Runs *runs)
{
    for (int64_t lag = shortest; lag <= longest; lag++) {
        for (int64_t place = 0; place + lag < length; place += lag - 1) {
            if (!stands_again(points, length, place, lag))
                continue;
            int64_t start = place, end = place + 1;
            while (stands_again(points, length, start - 1, lag))
                start--;
            while (stands_again(points, length, end, lag))
                end++;
            if (end - start >= lag - 1) {
                if (runs->written < runs->room) {
                    runs->starts[runs->written] = start;
                    runs->lengths[runs->written] = end - start;
                    runs->lags[runs->written] = lag;
                }
                runs->written++;
            }
            place = end;
        }
    }
}

/* Tell whether a clause has so many characters before the next sign, and those before it in it. */
static int begins_like(const uint32_t *points, int64_t length, int64_t start, int64_t sign,
                       int64_t size)
{
    const uint32_t *begins = points + sign + 1;
    if (sign + size >= length)
        return 0;
    for (int64_t at = 0; at < size; at++)
        if (begins[at] == points[sign] || begins[at] == NO_CHARACTER)
            return 0;
    for (int64_t place = start; place + size <= sign; place++)
        if (points[place] == *begins
            && !memcmp(points + place, begins, (size_t)size * sizeof *points))
            return 1;
    return 0;
}

/*
 * Write the places of a sign behind which a clause begins with so many characters that stand in the
 * clause before it; return how many. There is room for every sign.
 */
int64_t textcheck_clauses(const uint32_t *points, int64_t length, uint32_t sign, int64_t size,
                          int64_t *places)
{
    int64_t written = 0, start = 0;
    for (int64_t place = 0; place < length; place++) {
        if (points[place] == sign && begins_like(points, length, start, place, size))
            places[written++] = place;
        if (points[place] == sign || points[place] == NO_CHARACTER)
            start = place + 1;
    }
    return written;
}
