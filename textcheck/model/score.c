/*
 * The score of rows of characters, as textcheck/model/language.py describes it; the two give the
 * same numbers. Compiled when the program is installed where there is a compiler, else left out.
 */
#include <stdint.h>

#define ORDER 5
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

/* Return the value of a key, -1 where it was not entered. */
static inline int look_up(const Model *model, uint64_t key)
{
    uint64_t hash = mix(key, model->seed), size = model->segment;
    uint64_t first = (((hash >> 32) * model->segments) >> 32) * size;
    uint16_t cell = model->cells[first + (hash & (size - 1))]
                  ^ model->cells[first + size + ((hash >> 14) & (size - 1))]
                  ^ model->cells[first + 2 * size + ((hash >> 28) & (size - 1))];
    return (cell >> 8) == (uint8_t)((hash * 0x9E3779B97F4A7C15ULL) >> 56) ? cell & 255 : -1;
}

void textcheck_score(const Model *model, const uint16_t *rows, int64_t count, int64_t length,
                     int64_t first, float *scores)
{
    for (int64_t number = 0; number < count; number++) {
        const uint16_t *row = rows + number * length;
        float total = 0;
        for (int64_t place = first; place < length; place++) {
            if (!row[place])
                continue;
            float log = model->single[row[place]], weight = 0;
            int64_t width = place + 1 < ORDER ? place + 1 : ORDER;
            int row_open = 1, before_open = width > 1 && row[place - 1];
            if (before_open)
                weight = model->single[model->codes + row[place - 1]];
            uint64_t scale = 1, key = row[place], before = width > 1 ? row[place - 1] : 0;
            for (int64_t order = 2; order <= width; order++) {
                scale *= model->codes;
                key += scale * row[place - order + 1];
                int value = row_open && row[place - order + 1] ? look_up(model, key) : -1;
                if (value < 0) {
                    row_open = 0;
                    log += weight;
                } else {
                    log = model->probability[(order - 2) * STANDARD_VALUES + value];
                }
                weight = 0;
                if (order < width && before_open) {
                    before += scale * row[place - order];
                    value = row[place - order] ? look_up(model, before) : -1;
                    if (value < 0)
                        before_open = 0;
                    else
                        weight = model->back_off[(order - 2) * STANDARD_VALUES + value];
                }
            }
            total += log;
        }
        scores[number] = total;
    }
}
