/*
 * Counts of pairs and triples of characters, as textcheck/text/ngrams.py describes them; both give
 * the same. Compiled when the program is installed where there is a compiler, else left out.
 */
#include <stdint.h>

#define POWERS 16
#define CODE_BITS 12
#define PAIR (1ULL << 40)

typedef struct {
    const uint8_t *marks, *counts;
    const float *of_power;
    uint64_t segment, segments, seed;
} Table;

/*
 * Log probabilities of the last character of a triple: of one seen, by the powers of its count and
 * of that of the pair it begins with; of one not seen, by the power of the pair it ends with and
 * the log count of the pair's first character, or by the last character alone.
 */
typedef struct {
    const float *seen, *behind, *single, *alone;
} Logs;

static inline uint64_t mix(uint64_t key, uint64_t seed)
{
    key += seed;
    key = (key ^ (key >> 33)) * 0xFF51AFD7ED558CCDULL;
    key = (key ^ (key >> 33)) * 0xC4CEB9FE1A85EC53ULL;
    return key ^ (key >> 33);
}

/* Write the three slots of a key. */
static inline void slots(const Table *table, uint64_t hash, uint64_t *slot)
{
    uint64_t size = table->segment, first = (((hash >> 32) * table->segments) >> 32) * size;
    slot[0] = first + (hash & (size - 1));
    slot[1] = first + size + ((hash >> 14) & (size - 1));
    slot[2] = first + 2 * size + ((hash >> 28) & (size - 1));
}

/* Return the power of the count of a key, -1 where it was not entered. */
static inline int power_of(const Table *table, uint64_t key)
{
    uint64_t hash = mix(key, table->seed), slot[3];
    slots(table, hash, slot);
    uint8_t mark = table->marks[slot[0]] ^ table->marks[slot[1]] ^ table->marks[slot[2]];
    if (mark != hash >> 56)
        return -1;
    uint8_t power = 0;
    for (int part = 0; part < 3; part++)
        power ^= table->counts[slot[part] >> 1] >> ((slot[part] & 1) << 2);
    return power & (POWERS - 1);
}

/*
 * Return the log probability of the last of three numbers, and tell whether the triple was seen: one
 * without the pair that it begins with was taken for seen by chance.
 */
static inline float log_of(const Table *table, const Logs *logs, const uint64_t *codes,
                           uint8_t *seen)
{
    int triple = power_of(table, codes[0] << 2 * CODE_BITS | codes[1] << CODE_BITS | codes[2]);
    int ahead = triple < 0 ? -1 : power_of(table, PAIR | codes[0] << CODE_BITS | codes[1]);
    *seen = ahead >= 0;
    if (*seen)
        return logs->seen[triple * POWERS + ahead];
    int behind = power_of(table, PAIR | codes[1] << CODE_BITS | codes[2]);
    if (behind < 0)
        return logs->alone[codes[2]];
    float of_pair = logs->behind[behind] - logs->single[codes[1]];
    return of_pair < 0 ? of_pair : 0;
}

/* Write the log probability of the last of each three numbers, and whether the triple was seen. */
void textcheck_logs(const Table *table, const Logs *logs, const uint64_t *codes, int64_t count,
                    float *found, uint8_t *seen)
{
    for (int64_t at = 0; at < count; at++)
        found[at] = log_of(table, logs, codes + 3 * at, seen + at);
}

static inline int is_seen(const Table *table, uint64_t key)
{
    uint64_t hash = mix(key, table->seed), slot[3];
    slots(table, hash, slot);
    return (table->marks[slot[0]] ^ table->marks[slot[1]] ^ table->marks[slot[2]]) == hash >> 56;
}

/* Write whether each key was entered. No branch: whether one was nobody can guess. */
void textcheck_seen(const Table *table, const uint64_t *keys, int64_t count, uint8_t *seen)
{
    for (int64_t number = 0; number < count; number++)
        seen[number] = (uint8_t)is_seen(table, keys[number]);
}

/*
 * Write whether each three numbers in a row were seen. One triple in 256 is taken for seen by
 * chance; where only one of two neighbours was, and the pair that both hold was not, neither was.
 */
void textcheck_surely_seen(const Table *table, const uint64_t *codes, int64_t count,
                           uint8_t *seen)
{
    for (int64_t at = 0; at < count; at++)
        seen[at] = (uint8_t)is_seen(table, codes[at] << 2 * CODE_BITS | codes[at + 1] << CODE_BITS
                                               | codes[at + 2]);
    uint8_t here, next = count ? seen[0] : 0;
    for (int64_t at = 0; at + 1 < count; at++) {
        here = next;
        next = seen[at + 1];
        if (here != next && !is_seen(table, PAIR | codes[at + 1] << CODE_BITS | codes[at + 2]))
            seen[at] = seen[at + 1] = 0;
    }
}

/* What is asked of characters tried at places of a text, see textcheck/slips/doubtful.py. */
typedef struct {
    const uint64_t *codes;
    const float *seldom;
    const uint8_t *unlikely;
    float usual, times;
} Asked;

/* Characters tried, and with which neighbour each makes a word. */
typedef struct {
    const int64_t *places;
    const uint64_t *numbers;
    const uint8_t *ahead, *behind;
} Tried;

static inline float count_of(const Table *table, uint64_t key)
{
    int power = power_of(table, key);
    return power < 0 ? 0 : table->of_power[power];
}

/*
 * Write which of the characters tried make a usual pair in place of a strange one, or are seen with
 * both neighbours where the text is unlikely, and how often each pair is; return how many.
 */
int64_t textcheck_promising(const Table *table, const Asked *asked, const Tried *tried,
                            int64_t count, int64_t *chosen, float *before, float *after)
{
    int64_t written = 0;
    for (int64_t at = 0; at < count; at++) {
        int64_t place = tried->places[at];
        uint64_t number = tried->numbers[at];
        float ahead = count_of(table, PAIR | asked->codes[place - 1] << CODE_BITS | number);
        float behind = count_of(table, PAIR | number << CODE_BITS | asked->codes[place + 1]);
        int mends = (tried->ahead[at] && ahead >= asked->usual
                     && ahead > asked->times * asked->seldom[place - 1])
                    || (tried->behind[at] && behind >= asked->usual
                        && behind > asked->times * asked->seldom[place]);
        chosen[written] = at;
        before[written] = ahead;
        after[written] = behind;
        written += mends || (asked->unlikely[place] && ahead > 0 && behind > 0);
    }
    return written;
}

/* Write how often each key was seen, 0 for one that was not entered. */
void textcheck_counts(const Table *table, const uint64_t *keys, int64_t count, float *counts)
{
    for (int64_t number = 0; number < count; number++) {
        uint64_t hash = mix(keys[number], table->seed), slot[3];
        slots(table, hash, slot);
        uint8_t mark = table->marks[slot[0]] ^ table->marks[slot[1]] ^ table->marks[slot[2]];
        uint8_t power = 0;
        for (int part = 0; part < 3; part++)
            power ^= table->counts[slot[part] >> 1] >> ((slot[part] & 1) << 2);
        counts[number] = mark == hash >> 56 ? table->of_power[power & 15] : 0;
    }
}

#define AROUND 2       /* characters before an edit that its reading begins with */
#define MOST_EDITED 2  /* characters of a text or a form that an edit touches */
#define READING 10     /* characters of a reading at most */

/* Edits of a text as textcheck/slips/gain.py describes them, an element of each for every edit. */
typedef struct {
    const int64_t *at, *taken, *given, *behind, *sites, *lengths;
    const uint32_t *right; /* MOST_EDITED for each */
} Edits;

/* A text with characters of none before and behind it, and the number of every code point. */
typedef struct {
    const uint32_t *points;
    int64_t length;
    const uint64_t *numbers;
} Text;

/* The least log probability of the second character of a form, and of those behind it. */
typedef struct {
    float begins, goes_on;
} Least;

static inline uint64_t number_of(const Text *text, uint32_t point)
{
    return text->numbers[point < 0xFFFF ? point : 0xFFFF];
}

/* Write the numbers of a reading: as the text stands, or, `shift` behind the edit, put right. */
static void read_numbers(const Text *text, int64_t at, int64_t given, int64_t shift,
                         uint64_t *numbers)
{
    for (int64_t place = 0; place < READING; place++) {
        int64_t from = at - AROUND + place + (place - AROUND >= given ? shift : 0);
        from = from < text->length ? from : text->length - 1;
        numbers[place] = number_of(text, text->points[from]);
    }
}

/* Return how much two readings share at an end, at least AROUND, else at most so many. */
static int64_t common(const uint64_t *one, const uint64_t *other, int64_t step, int64_t most)
{
    int64_t same = 0;
    while (same < most && one[step * same] == other[step * same])
        same++;
    return same > AROUND ? same : AROUND;
}

/* Add as NumPy does, so that the sum is the same to the last bit. */
static float sum_of(const float *logs)
{
    float pairs = ((logs[0] + logs[1]) + (logs[2] + logs[3]))
                  + ((logs[4] + logs[5]) + (logs[6] + logs[7]));
    return (pairs + logs[8]) + logs[9];
}

/*
 * Write what each edit gains: the difference of the log probabilities of the two readings, the
 * least likely character of the text, and which share of its triples was never seen.
 */
void textcheck_gains(const Table *table, const Logs *logs, const Text *text, const Edits *edits,
                     int64_t count, const Least *least, float *totals, float *worst,
                     double *unseen)
{
    for (int64_t edit = 0; edit < count; edit++) {
        int64_t given = edits->given[edit], taken = edits->taken[edit];
        int64_t size[2] = {AROUND + taken + edits->behind[edit],
                           AROUND + given + edits->behind[edit]};
        uint64_t numbers[2][READING];
        float found[2][READING] = {{0}};
        read_numbers(text, edits->at[edit], READING, 0, numbers[0]);
        read_numbers(text, edits->at[edit], given, taken - given, numbers[1]);
        for (int64_t place = 0; place < given; place++)
            numbers[1][AROUND + place] = number_of(text, edits->right[MOST_EDITED * edit + place]);
        int64_t shortest = size[0] < size[1] ? size[0] : size[1];
        int64_t ahead = common(numbers[0], numbers[1], 1, shortest);
        int64_t behind = common(numbers[0] + size[0] - 1, numbers[1] + size[1] - 1, -1,
                                shortest - ahead);
        int64_t strange = 0, weighed = 0;
        worst[edit] = 0;
        for (int64_t place = ahead; place < size[0] - behind + AROUND; place++) {
            uint8_t seen;
            float log = log_of(table, logs, numbers[0] + place - AROUND, &seen);
            found[0][place] = log;
            worst[edit] = log < worst[edit] ? log : worst[edit];
            strange += !seen;
            weighed++;
        }
        for (int64_t place = ahead; place < size[1] - behind + AROUND; place++) {
            uint8_t seen;
            float log = log_of(table, logs, numbers[1] + place - AROUND, &seen);
            int64_t of_form = edits->sites[edit] + place - AROUND;
            if (of_form >= 1 && of_form < edits->lengths[edit]) {
                float most = of_form == 1 ? least->begins : least->goes_on;
                log = log > most ? log : most;
            }
            found[1][place] = log;
        }
        totals[edit] = sum_of(found[1]) - sum_of(found[0]);
        unseen[edit] = (double)strange / (double)(weighed > 1 ? weighed : 1);
    }
}
