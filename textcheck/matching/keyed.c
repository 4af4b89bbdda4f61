/*
 * Look-ups of keys, as textcheck/matching/match.py and fuzzy.py describe them; both give the same.
 * Compiled when the program is installed where there is a compiler, else left out.
 */
#include <stdint.h>

#define WIDEST 4    /* characters of a key */
#define BLOCK 2048 /* keys that are looked up at once */
#define NO_CHARACTER 0xFFFF /* stands for all beyond the basic plane */

typedef struct {
    const uint64_t *keys;
    const uint8_t *first, *second;
    const int32_t *buckets;
    int64_t bits, bucket_bits; /* of the slots of both sieves, of the buckets */
} Sieve;

/* Offsets of the characters of a key, and the window where no form is damaged if all is lawful. */
typedef struct {
    int64_t width, offsets[WIDEST], low, high;
    uint64_t salt;
} Shape;

/* What each key means: rows from starts[key] to stops[key] of the other columns. */
typedef struct {
    const int32_t *starts, *stops;
    const int8_t *shape;
    const int16_t *delta, *reach;
    const uint16_t *first, *last;
    const uint8_t *is_long; /* whether two slips are looked for in the form */
    const int64_t *windows; /* low and high of each shape */
    const int32_t *form; /* the number of the form */
} Entries;

/* The forms by their numbers: where each begins among the code points of all, and its length. */
typedef struct {
    const uint32_t *points;
    const int64_t *starts, *lengths;
} Forms;

/*
 * What longforms.py says of the beginning of a form with two slips: of so many characters at most
 * two stand nowhere about, not two beside each other.
 */
typedef struct {
    int64_t size, most, reach;
} Beginning;

/*
 * Counts, for each place of a text, of the triples that end before it and that clean text lacks;
 * how many of them two slips make at least, and how far behind the form they still count: so far
 * the counts go on behind the text.
 */
typedef struct {
    const int64_t *counts;
    int64_t least, behind;
} Strange;

/*
 * Write the numbers of the keys that pass both sieves; return how many. Nearly none do, so what is
 * written is overwritten unless it passes: a branch here would be guessed wrong too often.
 */
static int64_t sifted(const Sieve *sieve, const uint64_t *keys, int64_t count, int32_t *passed)
{
    int shift = 64 - (int)sieve->bits;
    int64_t some = 0, few = 0;
    for (int64_t number = 0; number < count; number++) {
        uint64_t slot = (keys[number] * 0x9E3779B97F4A7C15ULL) >> shift;
        passed[some] = (int32_t)number;
        some += sieve->first[slot >> 3] >> (slot & 7) & 1;
    }
    for (int64_t at = 0; at < some; at++) {
        int32_t number = passed[at];
        passed[few] = number;
        few += sieve->second[(keys[number] * 0xC2B2AE3D27D4EB4FULL) >> shift];
    }
    return few;
}

/* Return the place of a key, -1 where it is not there. */
static int64_t place_of(const Sieve *sieve, uint64_t key)
{
    uint64_t bucket = (key * 0xC2B2AE3D27D4EB4FULL) >> (64 - sieve->bucket_bits);
    for (int64_t at = sieve->buckets[bucket]; at < sieve->buckets[bucket + 1]; at++)
        if (sieve->keys[at] == key)
            return at;
    return -1;
}

/* Tell whether no lawful form holds all of a window at a place. */
static inline int is_open(const int64_t *reach, int64_t place, int64_t low, int64_t high)
{
    int64_t start = place + low;
    return reach[start > 0 ? start : 0] < place + high;
}

/* Write the keys of a shape at so many places, no more than a block. */
static void keys_of(const Shape *shape, const uint16_t *codes, int64_t count, uint64_t *keys)
{
    static const uint16_t nothing[BLOCK];
    const uint16_t *part[WIDEST] = {nothing, nothing, nothing, nothing};
    for (int64_t number = 0; number < shape->width; number++)
        part[WIDEST - shape->width + number] = codes + shape->offsets[number];
    for (int64_t place = 0; place < count; place++)
        keys[place] = ((uint64_t)part[0][place] << 48 | (uint64_t)part[1][place] << 32
                       | (uint64_t)part[2][place] << 16 | part[3][place]) ^ shape->salt;
}

/* Where to write what is found, and how much room there is. */
typedef struct {
    int64_t *rows, *starts, room, written;
} Found;

static inline void write(Found *found, int64_t row, int64_t start)
{
    if (found->written < found->room) {
        found->rows[found->written] = row;
        found->starts[found->written] = start;
    }
    found->written++;
}

/* Tell whether a text has as many strange triples about a form as two slips make. */
static inline int is_strange(const Strange *strange, int64_t start, int64_t end)
{
    int64_t stop = end + 1 + strange->behind;
    return strange->counts && strange->counts[stop] - strange->counts[start] >= strange->least;
}

/* Tell whether a character of a form stands within reach of a place. */
static inline int stands_about(const uint16_t *codes, int64_t length, int64_t place, int64_t reach,
                               uint16_t letter)
{
    for (int64_t at = place - reach; at <= place + reach; at++)
        if (codes[at < 0 ? 0 : at < length ? at : length - 1] == letter)
            return 1;
    return 0;
}

/* Tell whether a long form may begin about a place: nearly none does. */
static int may_begin(const Beginning *beginning, const Forms *forms, int32_t form,
                     const uint16_t *codes, int64_t length, int64_t start)
{
    const uint32_t *letters = forms->points + forms->starts[form];
    int64_t size = forms->lengths[form], away = 0, before = -2;
    for (int64_t at = 0; at < size && at < beginning->size; at++) {
        uint16_t letter = letters[at] < NO_CHARACTER ? (uint16_t)letters[at] : NO_CHARACTER;
        if (stands_about(codes, length, start + at, beginning->reach, letter))
            continue;
        if (before == at - 1 || ++away > beginning->most)
            return 0;
        before = at;
    }
    return 1;
}

/* What is looked for in a text, and where to write what is found. */
typedef struct {
    const Entries *entries;
    const Forms *forms;
    const Beginning *beginning;
    const uint16_t *codes;
    int64_t length;
    const int64_t *reach;
    const Strange *strange;
    Found *once, *twice;
} Search;

/*
 * Note the entries of a key: once where the form has its two ends in the text, too; twice where
 * it is long and may have two slips.
 */
static void note(const Search *search, int64_t key, int64_t place)
{
    const Entries *entries = search->entries;
    const uint16_t *codes = search->codes;
    for (int64_t row = entries->starts[key]; row < entries->stops[key]; row++) {
        int64_t start = place - entries->delta[row], end = start + entries->reach[row];
        uint16_t first = entries->first[row], last = entries->last[row];
        if (start < 0 || end >= search->length)
            continue;
        int ends = (!first || codes[start] == first) && (!last || codes[end] == last);
        int both = entries->is_long[row] && is_strange(search->strange, start, end);
        if (!ends && !both)
            continue;
        const int64_t *window = entries->windows + 2 * entries->shape[row];
        if (!is_open(search->reach, place, window[0], window[1]))
            continue;
        if (ends)
            write(search->once, row, start);
        if (both && may_begin(search->beginning, search->forms, entries->form[row], codes,
                              search->length, start))
            write(search->twice, row, start);
    }
}

/* Ask the memory for what note() looks at: the rows of a key lie anywhere in 10 MB. */
static inline void fetch(const Entries *entries, int64_t row)
{
    __builtin_prefetch(entries->delta + row);
    __builtin_prefetch(entries->reach + row);
    __builtin_prefetch(entries->first + row);
    __builtin_prefetch(entries->last + row);
    __builtin_prefetch(entries->is_long + row);
    __builtin_prefetch(entries->shape + row);
}

/*
 * Write row and start of every entry that may be damaged in a text, by one slip or by two. Of
 * those found no more are written than there is room. The codes go on behind the text as far as a
 * key reaches.
 */
void textcheck_suspects(const Sieve *sieve, const Shape *shapes, int64_t kinds,
                        const Search *search)
{
    uint64_t keys[BLOCK];
    int32_t passed[BLOCK];
    int64_t places[BLOCK], real[BLOCK];
    for (int64_t low = 0; low < search->length; low += BLOCK) {
        int64_t size = search->length - low < BLOCK ? search->length - low : BLOCK;
        for (const Shape *shape = shapes; shape < shapes + kinds; shape++) {
            keys_of(shape, search->codes + low, size, keys);
            int64_t few = sifted(sieve, keys, size, passed), found = 0;
            for (int64_t at = 0; at < few; at++) {
                int64_t place = low + passed[at];
                if (!is_open(search->reach, place, shape->low, shape->high))
                    continue;
                int64_t key = place_of(sieve, keys[passed[at]]);
                if (key < 0)
                    continue;
                places[found] = place;
                real[found++] = key;
                __builtin_prefetch(search->entries->starts + key);
                __builtin_prefetch(search->entries->stops + key);
            }
            for (int64_t at = 0; at < found; at++)
                fetch(search->entries, search->entries->starts[real[at]]);
            for (int64_t at = 0; at < found; at++)
                note(search, real[at], places[at]);
        }
    }
}

/* What each key of an exact form means: so many rows of the other columns from starts[key] on. */
typedef struct {
    const int32_t *starts, *counts, *forms;
    const int16_t *deltas, *lengths;
    const uint64_t *hashes;
    uint64_t base; /* of the polynomial that a hash is */
} Exact;

/* Where to write the forms that stand in a text, and how much room there is. */
typedef struct {
    int32_t *forms;
    int64_t *starts, *ends, room, written;
} Hits;

static inline uint64_t hash_of(const uint32_t *points, int64_t size, uint64_t base)
{
    uint64_t hash = 0;
    while (size--)
        hash = hash * base + points[size];
    return hash;
}

/* Write the forms of a key that stand whole in a text, with strange triples if these are asked. */
static void stand(const Exact *exact, int64_t key, int64_t place, const uint32_t *points,
                  int64_t length, const Strange *strange, Hits *hits)
{
    int64_t stop = exact->starts[key] + exact->counts[key];
    for (int64_t row = exact->starts[key]; row < stop; row++) {
        int64_t size = exact->lengths[row], start = place - exact->deltas[row], end = start + size;
        if (start < 0 || end > length || (strange->counts && !is_strange(strange, start, end - 1)))
            continue;
        if (hash_of(points + start, size, exact->base) != exact->hashes[row])
            continue;
        if (hits->written < hits->room) {
            hits->forms[hits->written] = exact->forms[row];
            hits->starts[hits->written] = start;
            hits->ends[hits->written] = end;
        }
        hits->written++;
    }
}

/*
 * Write every exact form that stands in a text; no more are written than there is room. The codes
 * go on behind the text as far as a key reaches.
 */
void textcheck_hits(const Sieve *sieve, const Shape *shapes, int64_t kinds, const Exact *exact,
                    const uint16_t *codes, const uint32_t *points, int64_t length,
                    const Strange *strange, Hits *hits)
{
    uint64_t keys[BLOCK];
    int32_t passed[BLOCK];
    for (int64_t low = 0; low < length; low += BLOCK) {
        int64_t size = length - low < BLOCK ? length - low : BLOCK;
        for (const Shape *shape = shapes; shape < shapes + kinds; shape++) {
            keys_of(shape, codes + low, size, keys);
            int64_t few = sifted(sieve, keys, size, passed);
            for (int64_t at = 0; at < few; at++) {
                int64_t key = place_of(sieve, keys[passed[at]]);
                if (key >= 0)
                    stand(exact, key, low + passed[at], points, length, strange, hits);
            }
        }
    }
}
