/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SOLVE_TABLEAU_H
#define ML_SOLVE_TABLEAU_H

enum { ML_STAGES_MAX = 8, ML_DENSE_MAX = 3 };

/* The figures of a stiffly accurate Rosenbrock method in the form without products J u (Hairer and Wanner,
 * Solving Ordinary Differential Equations II, 2nd ed. 1996, section IV.7): for each stage i
 *
 *     (I/(h gamma) - J) u_i = f(t + alpha_i h, y + sum_j a_ij u_j) + sum_j c_ij/h u_j + h gamma_i df/dt
 *
 * The last stage starts from the embedded solution of order q - 1, and u of the last stage, which is the
 * error estimate, added to it gives the new y. Within the step, at y0 + theta (y1 - y0),
 *
 *     y = (1-theta) y0 + theta (y1 + (1-theta) (k1 + theta (k2 + theta k3))),  k_m = sum_j d_mj u_j */
typedef struct MlTableau {
    const char *name;
    int stages, order, dense; /* dense: number of k_m, one below the order of the interpolation */
    double gamma;
    double alpha[ML_STAGES_MAX];
    double gamma_sum[ML_STAGES_MAX];
    double a[ML_STAGES_MAX][ML_STAGES_MAX];
    double c[ML_STAGES_MAX][ML_STAGES_MAX];
    double d[ML_DENSE_MAX][ML_STAGES_MAX];
} MlTableau;

/* Rodas4: Hairer and Wanner 1996, section VI.4. 6 stages, order 4(3). */
extern const MlTableau ml_rodas4;
/* Rodas4P: G. Steinebach, Order-reduction of ROW-methods for DAEs and method of lines applications,
 * Preprint 1741, TH Darmstadt 1995. 6 stages, order 4(3). */
extern const MlTableau ml_rodas4p;
/* Rodas5P: G. Steinebach, Construction of Rosenbrock-Wanner method Rodas5P and numerical benchmarks within
 * the Julia Differential Equations package, BIT 63 (2023) 27, doi:10.1007/s10543-023-00967-x.
 * 8 stages, order 5(4), interpolation of order 4. */
extern const MlTableau ml_rodas5p;

#endif
