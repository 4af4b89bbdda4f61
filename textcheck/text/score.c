/*
 * The score of rows of characters, as textcheck/text/language.py describes it, and the gains of
 * edits, as textcheck/text/weighed.py does; either way they are the same numbers. Compiled when the
 * program is installed where there is a compiler, else left out.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define ORDER 5
#define CONTEXT (ORDER - 1)
#define MOST 64  /* candidates that can be kept of many */
#define WIDEST 8 /* characters of a candidate */
#define AHEAD 6  /* candidates between one that is fetched and the one that is scored */
#define STANDARD_VALUES 256

typedef struct {
    const uint16_t *cells;
    const float *single;      /* 2 rows of `codes`: probability, back-off */
    const float *probability; /* ORDER - 1 rows of 256 */
    const float *back_off;    /* ORDER - 1 rows of 256 */
    uint64_t segment, segments, seed, codes;
} Model;

static inline uint64_t mix(uint64_t key, uint64_t seed)
{
    key += seed;
    key = (key ^ (key >> 33)) * 0xFF51AFD7ED558CCDULL;
    key = (key ^ (key >> 33)) * 0xC4CEB9FE1A85EC53ULL;
    return key ^ (key >> 33);
}

/* Write where the three cells of a key are, given its hash. */
static inline void cells_of(const Model *model, uint64_t hash, const uint16_t **cells)
{
    uint64_t size = model->segment;
    const uint16_t *first = model->cells + (((hash >> 32) * model->segments) >> 32) * size;
    cells[0] = first + (hash & (size - 1));
    cells[1] = first + size + ((hash >> 14) & (size - 1));
    cells[2] = first + 2 * size + ((hash >> 28) & (size - 1));
}

/* Return the value of a key, -1 where it was not entered. */
static inline int look_up(const Model *model, uint64_t key)
{
    const uint16_t *cells[3];
    uint64_t hash = mix(key, model->seed);
    cells_of(model, hash, cells);
    uint16_t cell = *cells[0] ^ *cells[1] ^ *cells[2];
    return (cell >> 8) == (uint8_t)((hash * 0x9E3779B97F4A7C15ULL) >> 56) ? cell & 255 : -1;
}

/* Have the cells of two characters brought: they lie anywhere in a table that no cache holds. */
static inline void fetch(const Model *model, uint64_t one, uint64_t other)
{
#ifdef __GNUC__
    const uint16_t *cells[3];
    cells_of(model, mix(one * model->codes + other, model->seed), cells);
    for (int each = 0; each < 3; each++)
        __builtin_prefetch(cells[each]);
#endif
}

/*
 * Write the values of the rows that end at a place, by their number of characters, -1 from the
 * first on that was not entered.
 */
static void values_at(const Model *model, const uint16_t *row, int64_t place, int64_t longest,
                      int *values)
{
    int64_t width = place + 1 < longest ? place + 1 : longest;
    uint64_t scale = 1, key = row[place];
    int open = row[place] != 0;
    for (int64_t order = 2; order <= longest; order++) {
        values[order] = -1;
        if (!open || order > width || !row[place - order + 1]) {
            open = 0;
            continue;
        }
        scale *= model->codes;
        key += scale * row[place - order + 1];
        values[order] = look_up(model, key);
        open = values[order] >= 0;
    }
}

/*
 * Return the log probability of a row's characters from place `first` on; where it is below `least`
 * on the way already, what it is there: no character makes a row more probable. `before` are the
 * values of the rows that end before that place.
 */
static float row_score(const Model *model, const uint16_t *row, int64_t length, int64_t first,
                       float least, const int *before)
{
    float total = 0;
    int both[2][ORDER + 1], *ahead = both[0], *here = both[1];
    memcpy(ahead, before, sizeof both[0]);
    for (int64_t place = first; place < length; place++) {
        values_at(model, row, place, ORDER, here);
        if (row[place]) {
            float log = model->single[row[place]];
            int64_t width = place + 1 < ORDER ? place + 1 : ORDER;
            int before_open = width > 1 && row[place - 1];
            float weight = before_open ? model->single[model->codes + row[place - 1]] : 0;
            for (int64_t order = 2; order <= width; order++) {
                if (here[order] < 0)
                    log += weight;
                else
                    log = model->probability[(order - 2) * STANDARD_VALUES + here[order]];
                before_open = before_open && order < width && ahead[order] >= 0;
                weight = before_open
                    ? model->back_off[(order - 2) * STANDARD_VALUES + ahead[order]] : 0;
            }
            total += log < 0 ? log : 0;
            if (total < least)
                break;
        }
        int *other = ahead;
        ahead = here;
        here = other;
    }
    return total;
}

void textcheck_score(const Model *model, const uint16_t *rows, int64_t count, int64_t length,
                     int64_t first, float *scores)
{
    int before[ORDER + 1] = {0};
    for (int64_t number = 0; number < count; number++, rows += length) {
        if (first > 0)
            values_at(model, rows, first - 1, ORDER - 1, before);
        scores[number] = row_score(model, rows, length, first, -INFINITY, before);
    }
}

/*
 * Write to `kept` which candidates go best with the two characters before a place and the one
 * behind it, at most `most`; return how many. Of equals the first ones are kept.
 */
static int64_t promising(const Model *model, const uint16_t *padded, int64_t at, int64_t skip,
                         const uint16_t *tried, int64_t candidates, int64_t most, int64_t *kept)
{
    float best[MOST];
    int64_t number = 0;
    uint16_t row[4] = {padded[at + CONTEXT - 2], padded[at + CONTEXT - 1], 0,
                       padded[at + CONTEXT + skip]};
    int before[ORDER + 1] = {0};
    values_at(model, row, 1, ORDER - 1, before);
    for (int64_t one = -AHEAD; one < candidates; one++) {
        if (one + AHEAD < candidates) {
            fetch(model, row[1], tried[one + AHEAD]);
            fetch(model, tried[one + AHEAD], row[3]);
        }
        if (one < 0 || !tried[one])
            continue;
        row[2] = tried[one];
        float least = number == most ? best[most - 1] : -INFINITY;
        float score = row_score(model, row, 4, 2, least, before);
        if (score <= least)
            continue;
        int64_t place = number < most ? number++ : most - 1;
        for (; place > 0 && best[place - 1] < score; place--) {
            best[place] = best[place - 1];
            kept[place] = kept[place - 1];
        }
        best[place] = score;
        kept[place] = one;
    }
    return number;
}

/* Put a gain among the best, greatest first, of equals that of the first candidate. */
static void enter(float gain, int64_t which, float *best, int64_t *of, int64_t size)
{
    int64_t place = size - 1;
    if (gain < best[place] || (gain == best[place] && which > of[place]))
        return;
    for (; place > 0 && (best[place - 1] < gain || (best[place - 1] == gain && of[place - 1] > which));
         place--) {
        best[place] = best[place - 1];
        of[place] = of[place - 1];
    }
    best[place] = gain;
    of[place] = which;
}

/*
 * The gains of textcheck/text/weighed.py: of each place the `wanted` best; the other elements of
 * `gains` stay what they are. Gains up to `none` are not told.
 */
void textcheck_gains(const Model *model, const uint16_t *padded, const double *sums,
                     const int64_t *at, int64_t places, const uint16_t *tried, int64_t candidates,
                     int64_t width, int64_t skip, int64_t most, int64_t wanted, float none,
                     float *gains)
{
    int64_t length = 2 * CONTEXT + width;
    uint16_t row[2 * CONTEXT + WIDEST];
    int before[ORDER + 1] = {0};
    if (wanted > MOST)
        wanted = MOST;
    for (int64_t place = 0; place < places; place++, tried += candidates * width) {
        int64_t here = at[place], kept[MOST], of[MOST], number = candidates;
        float best[MOST];
        double now = sums[here + skip + CONTEXT] - sums[here];
        int few = candidates > most;
        if (few)
            number = promising(model, padded, here, skip, tried, candidates, most, kept);
        for (int64_t one = 0; one < CONTEXT; one++) {
            row[one] = padded[here + one];
            row[CONTEXT + width + one] = padded[here + CONTEXT + skip + one];
        }
        values_at(model, row, CONTEXT - 1, ORDER - 1, before);
        for (int64_t one = 0; one < wanted; one++) {
            best[one] = none;
            of[one] = -1;
        }
        for (int64_t one = 0; one < number; one++) {
            int64_t which = few ? kept[one] : one;
            const uint16_t *candidate = tried + which * width;
            if (width && !candidate[0])
                continue;
            for (int64_t other = 0; other < width; other++)
                row[CONTEXT + other] = candidate[other];
            /* A little below what is to be beaten, so that rounding leaves none out. */
            float least = (float)(now + best[wanted - 1]) - 0.01f;
            float gain = (float)((double)row_score(model, row, length, CONTEXT, least, before) - now);
            enter(gain, which, best, of, wanted);
        }
        for (int64_t one = 0; one < wanted; one++)
            if (of[one] >= 0)
                gains[place * candidates + of[one]] = best[one];
    }
}
