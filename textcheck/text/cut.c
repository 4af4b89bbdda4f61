/*
 * Text cut into the words of a dictionary, as textcheck/text/dictionary.py describes it; both give
 * the same. Compiled when the program is installed where there is a compiler, else left out.
 */
#include <stdint.h>
#include <stdlib.h>

struct words {
    const uint16_t *label;
    const uint32_t *first;
    const uint16_t *worth;
    const double *logs;
};

static uint32_t child(const struct words *words, uint32_t node, uint32_t point)
{
    uint32_t low = words->first[node], end = words->first[node + 1], high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (words->label[middle] < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && words->label[low] == point ? low : 0; /* the root is nobody's child */
}

/* Letters, digits and Chinese characters, and what words with letters have between them. */
static int is_written(uint32_t point)
{
    if (point < 0x80)
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') ||
               (point >= '0' && point <= '9') || point == '+' || point == '#' || point == '&' ||
               point == '.' || point == '_' || point == '%' || point == '-';
    return (point >= 0x3400 && point <= 0x4dbf) || (point >= 0x4e00 && point <= 0x9fff) ||
           (point >= 0xf900 && point <= 0xfaff) || (point >= 0x20000 && point <= 0x2a6df) ||
           (point >= 0x2a700 && point <= 0x2ebef) || (point >= 0x2f800 && point <= 0x2fa1f);
}

static int is_alphanumeric(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') ||
           (point >= '0' && point <= '9');
}

/* Write for each place of a part of the text where the word that begins there would end. */
static void find_way(const struct words *words, const uint32_t *text, int64_t start, int64_t end,
                     double *best, int32_t *next)
{
    best[end] = 0;
    for (int64_t at = end - 1; at >= start; at--) {
        next[at] = 0;
        uint32_t node = 0;
        for (int64_t stop = at; stop < end && (node = child(words, node, text[stop])); stop++) {
            if (!words->worth[node])
                continue;
            double total = words->logs[words->worth[node]] + best[stop + 1];
            if (!next[at] || total >= best[at]) { /* of equals the longest */
                best[at] = total;
                next[at] = (int32_t)(stop + 1);
            }
        }
        if (!next[at]) { /* no word begins here */
            best[at] = words->logs[0] + best[at + 1];
            next[at] = (int32_t)(at + 1);
        }
    }
}

/*
 * Write where the words of a text end, counted from `from`, and return how many there are; -1
 * where there is no memory. Letters and digits side by side are one word.
 */
int64_t textcheck_cut(const struct words *words, const uint32_t *text, int64_t size,
                      int64_t from, int32_t *ends)
{
    double *best = malloc((size_t)(size + 1) * (sizeof(double) + sizeof(int32_t)));
    if (!best)
        return -1;
    int32_t *next = (int32_t *)(best + size + 1);
    int64_t written = 0, at = 0;
    while (at < size) {
        int64_t end = at;
        while (end < size && is_written(text[end]))
            end++;
        if (end == at) {
            at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
            ends[written++] = (int32_t)(at + from);
            continue;
        }
        find_way(words, text, at, end, best, next);
        while (at < end) {
            int64_t stop = next[at];
            if (stop == at + 1 && is_alphanumeric(text[at]))
                while (stop < end && next[stop] == stop + 1 && is_alphanumeric(text[stop]))
                    stop++;
            ends[written++] = (int32_t)(stop + from);
            at = stop;
        }
    }
    free(best);
    return written;
}
