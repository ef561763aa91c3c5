/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve, motoneurons, muscle and the cramp of one person at one moment: what they are told, and what they answer. */
#ifndef ML_SIGNS_EXCITE_H
#define ML_SIGNS_EXCITE_H

#include "body/tables.h"
#include "tissue/bath.h"

typedef enum MlExciteInput {
#define BATH(id, key, unit, normal, low, high, text) ML_X_##id,
#include "tissue/tables/bath.def"
#undef BATH
#define EXCITE(id, key, unit, normal, low, high, text) ML_X_##id,
#include "signs/excite.def"
    ML_NEXCITE
} MlExciteInput;

typedef struct MlExciteInfo {
    const char *key; /* in study files */
    const char *unit, *text;
    double normal, low, high;
} MlExciteInfo;
extern const MlExciteInfo ml_excite_inputs[ML_NEXCITE];

typedef struct MlExcite {
    double value[ML_NEXCITE]; /* within the limits of each */
} MlExcite;

/* A healthy adult at rest, without a history of cramps. */
MlExcite ml_excite_normal(void);

/* Of a person, from their parameters (ML_NPARAM), the outputs of the body at that moment, and the volumes of plasma and interstitium
 * to those of their steady state. What is not known (NaN) counts as normal. */
MlExcite ml_excite_of(const double *param, const double *out, double plasma_volume, double interstitium);

/* The fluid around nerve, and that around the fibers and nerve endings of muscle. */
MlBath ml_excite_nerve(const MlExcite *x);
MlBath ml_excite_muscle(const MlExcite *x);

/* Fills the outputs of nerve, muscle and cramp that every run has (NOW), from the surrogates of the tissues: some ten
 * microseconds. */
void ml_excite_quick(const MlExcite *x, double *out);

/* The same from the models themselves, and those that only a close look gives (CLOSE). Of the parts that take long, only those
 * are run that one of the n outputs of which needs (NULL: all): up to two seconds. */
void ml_excite_close(const MlExcite *x, const int *which, int n, double *out);

/* What a close look draws. */
enum { ML_CURVE_POINTS = 400, ML_EXCITE_CURVES = 18 };
typedef struct MlExciteCurve {
    const char *group; /* "motor axon", "muscle, slow fiber" ... */
    const char *title, *x_unit, *y_unit;
    int n;
    double x[ML_CURVE_POINTS], y[ML_CURVE_POINTS]; /* x rises; NaN in y: no value there */
} MlExciteCurve;

/* All outputs of a close look (out may be NULL), and the curves, from models that are run once: up to two seconds. Returns
 * the number of curves; they are always the same in the same order, whatever x. */
int ml_excite_look(const MlExcite *x, double *out, MlExciteCurve curve[ML_EXCITE_CURVES]);

/* The first curve of the heart alone, the wall of the ventricle as an electrode sees it: half a second. */
void ml_excite_heart(const MlExcite *x, MlExciteCurve *ecg);

#endif
