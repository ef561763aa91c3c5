/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fail.h"
#include "solve/jacobian.h"

#include <math.h>
#include <string.h>

enum { LANES = sizeof(MlReal8) / sizeof(double) };

/* Marks in reads (nrow * n) the rows that change in any lane when state j is moved in several ways. */
static void probe_state(const MlProblem *p, const void *ctx, double t, MlReal8 *y, int j, const MlReal8 *row,
                        MlReal8 *moved, unsigned char *reads) {
    static const double part[] = {1e-6, -1e-3, 0.1, -0.5};
    const MlReal8 keep = y[j];
    for (size_t k = 0; k < sizeof part / sizeof part[0]; k++) {
        for (int lane = 0; lane < LANES; lane++) y[j][lane] += part[k] * fmax(fabs(keep[lane]), p->atol[j]);
        p->rows8(ctx, t, y, moved);
        for (int r = 0; r < p->nrow; r++)
            if (memcmp(&moved[r], &row[r], sizeof row[r]) != 0)
                reads[(size_t)r * (size_t)p->n + (size_t)j] = 1;
        y[j] = keep;
    }
}

/* The table of bytes as compressed rows. */
static int compress(const MlMemory *memory, int nrow, int n, const unsigned char *reads, int **ptr_out,
                    int **col_out) {
    size_t count = 0, size = (size_t)nrow * (size_t)n;
    for (size_t k = 0; k < size; k++) count += reads[k];
    int *ptr = ml_new(memory, (size_t)nrow + 1, sizeof(int)), *col = ml_new(memory, count + 1, sizeof(int));
    if (!ptr || !col) {
        ml_free(ptr);
        ml_free(col);
        return 0;
    }
    int at = 0;
    for (int r = 0; r < nrow; r++) {
        ptr[r] = at;
        for (int j = 0; j < n; j++)
            if (reads[(size_t)r * (size_t)n + (size_t)j]) col[at++] = j;
    }
    ptr[nrow] = at;
    *ptr_out = ptr;
    *col_out = col;
    return 1;
}

milieu_code ml_probe_pattern(const MlMemory *memory, const MlProblem *p, const void *ctx, double t,
                             int npoint, const double *point, int **read_ptr, int **read_col,
                             milieu_error *err) {
    size_t n = (size_t)p->n, nrow = (size_t)p->nrow;
    MlReal8 *work = ml_new(memory, n + 2 * nrow + 1, sizeof *work);
    unsigned char *reads = ml_new(memory, n * nrow + 1, 1);
    int ok = work && reads;
    if (ok) {
        MlReal8 *y = work, *row = y + n, *moved = row + nrow;
        for (int first = 0; first < npoint; first += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                const double *from = point + (size_t)(first + lane < npoint ? first + lane : npoint - 1) * n;
                for (size_t i = 0; i < n; i++) y[i][lane] = from[i];
            }
            p->rows8(ctx, t, y, row);
            for (int j = 0; j < p->n; j++) probe_state(p, ctx, t, y, j, row, moved, reads);
        }
        ok = compress(memory, p->nrow, p->n, reads, read_ptr, read_col);
    }
    ml_free(work);
    ml_free(reads);
    return ok ? MILIEU_OK : ml_fail(err, MILIEU_NO_MEMORY, "read pattern", "no memory for %d rows", p->nrow);
}
