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
 * Write the log probability of the last of each three numbers, and whether the triple was seen: a
 * triple without the pair that it begins with was taken for seen by chance.
 */
void textcheck_logs(const Table *table, const Logs *logs, const uint64_t *codes, int64_t count,
                    float *found, uint8_t *seen)
{
    for (int64_t at = 0; at < count; at++, codes += 3) {
        int triple = power_of(table, codes[0] << 2 * CODE_BITS | codes[1] << CODE_BITS | codes[2]);
        int ahead = triple < 0 ? -1 : power_of(table, PAIR | codes[0] << CODE_BITS | codes[1]);
        seen[at] = ahead >= 0;
        if (seen[at]) {
            found[at] = logs->seen[triple * POWERS + ahead];
            continue;
        }
        int behind = power_of(table, PAIR | codes[1] << CODE_BITS | codes[2]);
        float of_pair = behind < 0 ? 0 : logs->behind[behind] - logs->single[codes[1]];
        found[at] = behind < 0 ? logs->alone[codes[2]] : of_pair < 0 ? of_pair : 0;
    }
}

/* Write whether each key was entered. No branch: whether one was nobody can guess. */
void textcheck_seen(const Table *table, const uint64_t *keys, int64_t count, uint8_t *seen)
{
    for (int64_t number = 0; number < count; number++) {
        uint64_t hash = mix(keys[number], table->seed), slot[3];
        slots(table, hash, slot);
        uint8_t mark = table->marks[slot[0]] ^ table->marks[slot[1]] ^ table->marks[slot[2]];
        seen[number] = mark == hash >> 56;
    }
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
