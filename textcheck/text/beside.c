/*
 * Characters that make a word with a neighbour, as textcheck/text/pairs.py describes it; both give
 * the same. Compiled when the program is installed where there is a compiler, else left out.
 */
#include <stdint.h>

#define CHARACTERS 4096

static inline uint8_t joined(const uint8_t *bits, uint64_t first, uint64_t second)
{
    uint64_t key = first * CHARACTERS + second;
    return bits[key >> 3] >> (key & 7) & 1;
}

/*
 * Of the numbers tried at each place, those from starts[at] to ends[at], write those that make a
 * word with the one before or behind, their places, and with which; return how many.
 */
int64_t textcheck_beside(const uint8_t *bits, const uint64_t *codes, const int64_t *places,
                         int64_t size, const int64_t *starts, const int64_t *ends,
                         const uint64_t *numbers, int64_t *where, uint64_t *kept, uint8_t *ahead,
                         uint8_t *behind)
{
    int64_t written = 0;
    for (int64_t at = 0; at < size; at++) {
        uint64_t left = codes[places[at] - 1], right = codes[places[at] + 1];
        for (int64_t tried = starts[at]; tried < ends[at]; tried++) {
            uint64_t number = numbers[tried];
            uint8_t before = joined(bits, left, number), after = joined(bits, number, right);
            where[written] = places[at];
            kept[written] = number;
            ahead[written] = before;
            behind[written] = after;
            written += before | after; /* hardly any: what is written is overwritten */
        }
    }
    return written;
}
