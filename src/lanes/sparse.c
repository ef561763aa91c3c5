/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes/sparse.h"

#include "base/fail.h"
#include "lanes/real.h"

#include <math.h>
#include <string.h>

/* A pivot that fell below this part of its diagonal entry has lost its digits. (Entries of a row are no
 * measure: they have different units.) */
static const double PIVOT_LOSS = 1e-11;

/* The full matrix at the end: as large as at least this part of it is there, in whole vectors, within the fastest cache. */
static const double TAIL_DENSITY = 0.5;
enum { TAIL_UNIT = 8, TAIL_MOST = 64 };

/* What ml_lu_create works on: the pattern as a full table of bytes, with counts of the rows and columns
 * not yet eliminated. */
typedef struct Elimination {
    int n;
    unsigned char *full, *done;
    int *row_count, *col_count, *order;
} Elimination;

static void eliminate(Elimination *e, int p) {
    int n = e->n;
    const unsigned char *pivot_row = e->full + (size_t)p * (size_t)n;
    e->done[p] = 1;
    for (int j = 0; j < n; j++)
        if (pivot_row[j] && !e->done[j]) e->col_count[j]--;
    for (int i = 0; i < n; i++) {
        unsigned char *row = e->full + (size_t)i * (size_t)n;
        if (e->done[i] || !row[p]) continue;
        e->row_count[i]--;
        for (int j = 0; j < n; j++) {
            if (!pivot_row[j] || e->done[j] || row[j]) continue;
            row[j] = 1;
            e->row_count[i]++;
            e->col_count[j]++;
        }
    }
}

/* Counts are of entries besides the diagonal. Ties go to the lower index. */
static void find_order(Elimination *e) {
    for (int k = 0; k < e->n; k++) {
        int best = -1;
        long least = 0;
        for (int i = 0; i < e->n; i++) {
            if (e->done[i]) continue;
            long product = (long)e->row_count[i] * e->col_count[i];
            if (best < 0 || product < least) best = i, least = product;
        }
        e->order[k] = best;
        eliminate(e, best);
    }
}

static void fill_pattern(Elimination *e, const int *ptr, const int *col) {
    for (int i = 0; i < e->n; i++) {
        unsigned char *row = e->full + (size_t)i * (size_t)e->n;
        row[i] = 1;
        for (int k = ptr[i]; k < ptr[i + 1]; k++) {
            int j = col[k];
            if (row[j]) continue;
            row[j] = 1;
            e->row_count[i]++;
            e->col_count[j]++;
        }
    }
}

static size_t entry_of(const Elimination *e, int i, int j) {
    return e->full[(size_t)e->order[i] * (size_t)e->n + (size_t)e->order[j]];
}

/* How many unknowns at the end are worth a full matrix. */
static int tail_of(const Elimination *e) {
    size_t count = 0;
    int best = 0;
    for (int size = 1; size <= e->n && size <= TAIL_MOST; size++) {
        const int k = e->n - size;
        for (int i = k; i < e->n; i++) count += entry_of(e, i, k) + (i > k ? entry_of(e, k, i) : 0);
        if (size % TAIL_UNIT == 0 && (double)count >= TAIL_DENSITY * size * size) best = size;
    }
    return best;
}

/* The sizes of the lists of an MlLu. */
typedef struct Sizes {
    size_t lower, upper, target, tail_lower, tail_upper;
    int tail;
} Sizes;

static Sizes measure(const Elimination *e) {
    Sizes size = {.tail = tail_of(e)};
    for (int k = 0; k < e->n; k++) {
        size_t below = 0, right = 0, p = (size_t)e->order[k], n = (size_t)e->n;
        for (int m = k + 1; m < e->n; m++) {
            size_t q = (size_t)e->order[m];
            below += e->full[q * n + p];
            right += e->full[p * n + q];
        }
        size.lower += below;
        size.upper += right;
        if (k < e->n - size.tail) size.target += below * right;
        else size.tail_lower += below, size.tail_upper += right;
    }
    return size;
}

/* Of the columns of U from the last eliminated to the first the entries in rows [from, to). */
static int list_upper(const Elimination *e, const MlLu *lu, int from, int to, int upper, MlIndex *row, MlIndex *col, int *place) {
    const size_t n = (size_t)e->n;
    for (int k = e->n - 1; k >= 0; k--) {
        for (int m = from; m < k && m < to; m++) {
            if (!entry_of(e, m, k)) continue;
            const int p = e->order[k], q = e->order[m];
            place[(size_t)q * n + (size_t)p] = lu->nlower + e->n + upper;
            row[upper] = (MlIndex)q;
            col[upper++] = (MlIndex)p;
        }
    }
    return upper;
}

/* Lists L and U; place receives where each entry went. */
static void list_factors(const Elimination *e, MlLu *lu, MlIndex *lower_row, MlIndex *lower_col,
                         MlIndex *upper_row, MlIndex *upper_col, int *lower_ptr, int *place) {
    size_t n = (size_t)e->n;
    int lower = 0;
    for (int k = 0; k < e->n; k++) {
        int p = e->order[k];
        lower_ptr[k] = lower;
        place[(size_t)p * n + (size_t)p] = lu->nlower + p;
        for (int m = k + 1; m < e->n; m++) {
            int q = e->order[m];
            if (!e->full[(size_t)q * n + (size_t)p]) continue;
            place[(size_t)q * n + (size_t)p] = lower;
            lower_row[lower] = (MlIndex)q;
            lower_col[lower++] = (MlIndex)p;
        }
    }
    lower_ptr[e->n] = lower;
    const int first = e->n - lu->ntail;
    const int upper = list_upper(e, lu, first, e->n, 0, upper_row, upper_col, place);
    list_upper(e, lu, 0, first, upper, upper_row, upper_col, place);
}

/* Where the entries among the last unknowns lie in the full matrix of these. */
static void list_tail(const Elimination *e, const MlLu *lu, int *tail_lower, int *tail_upper) {
    const int first = e->n - lu->ntail;
    for (int k = first; k < e->n; k++)
        for (int m = k + 1; m < e->n; m++)
            if (entry_of(e, m, k)) *tail_lower++ = (k - first) * lu->ntail + m - first;
    for (int k = e->n - 1; k >= first; k--)
        for (int m = first; m < k; m++)
            if (entry_of(e, m, k)) *tail_upper++ = (k - first) * lu->ntail + m - first;
}

/* Lists the rows of U and where the products of each elimination before the first unknown of the tail go. */
static void list_products(const Elimination *e, int first, const MlIndex *lower_row, const int *lower_ptr,
                          const int *place, int *row_ptr, int *row_place, int *row_col, int *target) {
    size_t n = (size_t)e->n;
    int entry = 0;
    for (int k = 0; k < e->n; k++) {
        size_t p = (size_t)e->order[k];
        row_ptr[k] = entry;
        for (int m = k + 1; m < e->n; m++) {
            int q = e->order[m];
            if (!e->full[p * n + (size_t)q]) continue;
            row_place[entry] = place[p * n + (size_t)q];
            row_col[entry++] = q;
        }
        for (int l = lower_ptr[k]; k < first && l < lower_ptr[k + 1]; l++)
            for (int j = row_ptr[k]; j < entry; j++)
                *target++ = place[(size_t)lower_row[l] * n + (size_t)row_col[j]];
    }
    row_ptr[e->n] = entry;
}

/* Hands out the next count numbers of a block. */
static int *take(int **next, size_t count) {
    int *part = *next;
    *next += count;
    return part;
}

static MlLu *assemble(const MlMemory *memory, const Elimination *e, const int *ptr, const int *col) {
    size_t n = (size_t)e->n, nentry = (size_t)ptr[n];
    Sizes size = measure(e);
    size_t count = nentry + 4 * n + 2 + size.upper + size.target + size.tail_lower + size.tail_upper, nshort = 2 * (size.lower + size.upper);
    MlLu *lu = ml_new(memory, 1, sizeof *lu + count * sizeof(int) + nshort * sizeof(MlIndex));
    int *scratch = ml_new(memory, n * n + size.upper + 1, sizeof *scratch);
    if (!lu || !scratch) {
        ml_free(lu);
        ml_free(scratch);
        return NULL;
    }
    int *next = (int *)(lu + 1), *place = scratch, *row_col = scratch + n * n;
    int *slot = take(&next, nentry), *diagonal = take(&next, n), *order = take(&next, n);
    int *lower_ptr = take(&next, n + 1), *row_ptr = take(&next, n + 1);
    int *row_place = take(&next, size.upper), *target = take(&next, size.target);
    int *tail_lower = take(&next, size.tail_lower), *tail_upper = take(&next, size.tail_upper);
    MlIndex *lower_row = (MlIndex *)next, *lower_col = lower_row + size.lower;
    MlIndex *upper_row = lower_col + size.lower, *upper_col = upper_row + size.upper;
    *lu = (MlLu){.n = e->n,
                 .nnz = (int)(n + size.lower + size.upper),
                 .nentry = (int)nentry,
                 .slot = slot,
                 .diagonal = diagonal,
                 .nlower = (int)size.lower,
                 .nupper = (int)size.upper,
                 .lower_row = lower_row,
                 .lower_col = lower_col,
                 .upper_row = upper_row,
                 .upper_col = upper_col,
                 .order = order,
                 .lower_ptr = lower_ptr,
                 .row_ptr = row_ptr,
                 .row_place = row_place,
                 .target = target,
                 .ntail = size.tail,
                 .ntail_lower = (int)size.tail_lower,
                 .ntail_upper = (int)size.tail_upper,
                 .tail_lower = tail_lower,
                 .tail_upper = tail_upper};
    lu->nvalue = lu->nnz + lu->ntail * lu->ntail;
    memcpy(order, e->order, n * sizeof(int));
    list_factors(e, lu, lower_row, lower_col, upper_row, upper_col, lower_ptr, place);
    list_tail(e, lu, tail_lower, tail_upper);
    list_products(e, lu->n - lu->ntail, lower_row, lower_ptr, place, row_ptr, row_place, row_col, target);
    for (size_t i = 0; i < n; i++) {
        diagonal[i] = place[i * n + i];
        for (int k = ptr[i]; k < ptr[i + 1]; k++) slot[k] = place[i * n + (size_t)col[k]];
    }
    ml_free(scratch);
    return lu;
}

milieu_code ml_lu_create(const MlMemory *memory, int n, const int *ptr, const int *col, MlLu **lu,
                         milieu_error *err) {
    *lu = NULL;
    if (n > (MlIndex)-1)
        return ml_fail(err, MILIEU_BAD_INPUT, "sparse matrix", "%d unknowns are too many", n);
    size_t size = (size_t)n * (size_t)n + (size_t)n;
    Elimination e = {
        n, ml_new(memory, size + 1, 1), NULL, ml_new(memory, 3 * (size_t)n + 1, sizeof(int)), NULL, NULL};
    if (e.full && e.row_count) {
        e.done = e.full + (size_t)n * (size_t)n;
        e.col_count = e.row_count + n;
        e.order = e.col_count + n;
        fill_pattern(&e, ptr, col);
        find_order(&e);
        *lu = assemble(memory, &e, ptr, col);
    }
    ml_free(e.full);
    ml_free(e.row_count);
    return *lu ? MILIEU_OK : ml_fail(err, MILIEU_NO_MEMORY, "sparse matrix", "no memory for %d unknowns", n);
}

void ml_lu_destroy(MlLu **lu) {
    if (!lu) return;
    ml_free(*lu);
    *lu = NULL;
}

/* The full matrix of the last unknowns, from what the others have left. */
static void gather_tail(const MlLu *lu, const double *value, double *full) {
    const int first = lu->n - lu->ntail, lower = lu->lower_ptr[first];
    const double *upper = value + lu->nlower + lu->n;
    memset(full, 0, (size_t)lu->ntail * (size_t)lu->ntail * sizeof *full);
    for (int k = 0; k < lu->ntail_lower; k++) full[lu->tail_lower[k]] = value[lower + k];
    for (int k = 0; k < lu->ntail_upper; k++) full[lu->tail_upper[k]] = upper[k];
    for (int k = 0; k < lu->ntail; k++) full[k * lu->ntail + k] = value[lu->nlower + lu->order[first + k]];
}

/* Eliminates the k-th of n unknowns of a full matrix by columns; inverse: of its pivot. */
ML_WIDE static void eliminate_full(int n, int k, double inverse, double *restrict full) {
    double *restrict below = full + k * n;
    for (int j = k + 1; j < n; j++) {
        double *restrict column = full + j * n;
        const double u = column[k] * inverse;
        column[k] = u;
        if (u == 0) continue;
        for (int i = k + 1; i < n; i++) column[i] -= below[i] * u;
    }
    for (int i = k + 1; i < n; i++) below[i] *= inverse;
}

/* Solves with the full factors, in place. */
ML_WIDE static void solve_full(int n, const double *restrict full, double *restrict x) {
    for (int k = 0; k < n; k++) {
        const double *restrict column = full + k * n, b = x[k];
        for (int i = k + 1; i < n; i++) x[i] -= column[i] * b;
    }
    for (int k = 0; k < n; k++) x[k] *= full[k * n + k];
    for (int k = n - 1; k > 0; k--) {
        const double *restrict column = full + k * n, b = x[k];
        for (int i = 0; i < k; i++) x[i] -= column[i] * b;
    }
}

static int lost(double pivot, double before) { return !(fabs(pivot) > PIVOT_LOSS * before) || !isfinite(pivot); }

static int factor_tail(const MlLu *lu, double *value, const double *before) {
    double *full = value + lu->nnz;
    gather_tail(lu, value, full);
    for (int k = 0; k < lu->ntail; k++) {
        const int p = lu->order[lu->n - lu->ntail + k];
        double *pivot = &full[k * lu->ntail + k];
        if (lost(*pivot, before[p])) return p;
        *pivot = 1 / *pivot;
        eliminate_full(lu->ntail, k, *pivot, full);
    }
    return -1;
}

int ml_lu_factor(const MlLu *lu, double *value, double *work) {
    double *diagonal = value + lu->nlower, *before = work, *row = work + lu->n;
    const int *target = lu->target;
    for (int i = 0; i < lu->n; i++) before[i] = fabs(diagonal[i]);
    for (int k = 0; k < lu->n - lu->ntail; k++) {
        int p = lu->order[k], count = lu->row_ptr[k + 1] - lu->row_ptr[k];
        if (lost(diagonal[p], before[p])) return p;
        double inverse = 1 / diagonal[p];
        diagonal[p] = inverse;
        for (int j = 0; j < count; j++) {
            double *u = value + lu->row_place[lu->row_ptr[k] + j];
            *u *= inverse;
            row[j] = *u;
        }
        for (int l = lu->lower_ptr[k]; l < lu->lower_ptr[k + 1]; l++) {
            double factor = value[l];
            for (int j = 0; j < count; j++) value[target[j]] -= factor * row[j];
            target += count;
            value[l] = factor * inverse;
        }
    }
    return factor_tail(lu, value, before);
}

void ml_lu_solve(const MlLu *lu, const double *restrict value, double *restrict b) {
    const int first = lu->n - lu->ntail, nlower = lu->lower_ptr[first];
    const double *diagonal = value + lu->nlower, *upper = diagonal + lu->n;
    double tail[TAIL_MOST];
    for (int k = 0; k < nlower; k++) b[lu->lower_row[k]] -= value[k] * b[lu->lower_col[k]];
    for (int k = 0; k < lu->ntail; k++) tail[k] = b[lu->order[first + k]];
    solve_full(lu->ntail, value + lu->nnz, tail);
    for (int k = 0; k < first; k++) b[lu->order[k]] *= diagonal[lu->order[k]];
    for (int k = 0; k < lu->ntail; k++) b[lu->order[first + k]] = tail[k];
    for (int k = lu->ntail_upper; k < lu->nupper; k++) b[lu->upper_row[k]] -= upper[k] * b[lu->upper_col[k]];
}
