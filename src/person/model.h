/* SPDX-License-Identifier: Apache-2.0 */
/* The body as a problem for the integrator: it never changes and is shared by all threads. */
#ifndef ML_PERSON_MODEL_H
#define ML_PERSON_MODEL_H

#include "base/memory.h"
#include "body/body.h"
#include "milieu/error.h"
#include "solve/problem.h"

typedef struct MlModel {
    MlProblem problem;
    int A_ptr[ML_NSTATE + 1], A_col[ML_A_SIZE];
    double A_val[ML_A_SIZE];
    double atol[ML_NSTATE];
    int *read_ptr, *read_col; /* owned */
} MlModel;

/* Which states each row reads, in compressed rows, and which states are seldom there. */
typedef struct MlReads {
    const int *ptr, *col;
    const unsigned char *seldom;
} MlReads;

/* Builds it: stoichiometry from the tables; what each row reads is copied, or found by probing where NULL. */
milieu_code ml_model_create(const MlMemory *memory, const MlReads *reads, MlModel **model, milieu_error *err);
void ml_model_destroy(MlModel **model);

/* Parameters and inputs as the rows want them, with the copies for eight lanes. Aligned; holds pointers into
 * itself, so it is not copied. */
typedef struct MlFrame {
    MlContext context;
    double param[ML_NPARAM], input[ML_NINPUT];
    MlReal8 param8[ML_NPARAM], input8[ML_NINPUT];
} MlFrame;

MlFrame *ml_frame_create(const MlMemory *memory); /* NULL without memory */
void ml_frame_destroy(MlFrame **frame);
/* Copies param and input into the frame, lanes included. NULL: keep. */
void ml_frame_set(MlFrame *frame, const double *param, const double *input);

#endif
