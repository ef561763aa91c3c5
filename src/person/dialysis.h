/* SPDX-License-Identifier: Apache-2.0 */
/* Dialysis as it is prescribed, and what that does to the inputs of the body. */
#ifndef ML_PERSON_DIALYSIS_H
#define ML_PERSON_DIALYSIS_H

#include "body/body.h"
#include "person/person.h"

/* A fluid, mmol/L; what it holds besides is chloride. */
typedef struct MlDialysate {
    double sodium, potassium, calcium, magnesium, bicarbonate, phosphate, organic, lactate, citrate, urea, glucose;
} MlDialysate;

/* Bicarbonate dialysate as it is usual, with the acetate of its acid concentrate (ranges: Basile & Lomonte, Clin Kidney J
 * 2015;8:393). */
extern const MlDialysate ml_dialysate_usual;

/* One run of blood through a dialyzer; flows in L/min. */
typedef struct MlDialyzer {
    double blood, dialysate, koa;
    double filtration, before, after; /* through the membrane; given into the blood before and behind it */
    double citrate;                   /* mmol/min, before it */
    MlDialysate fluid;
} MlDialyzer;

/* Mass transfer area coefficient of urea of usual dialyzers, L/min: 0.52 to 1.23 in vitro (Leypoldt, Kidney Int
 * 1997;51:2013), a fifth less in patients. */
enum { ML_LOW_FLUX, ML_HIGH_FLUX };
extern const double ml_dialyzer_koa[2];

/* What is usual: four hours three times a week, 300 mL/min of blood, 500 of dialysate, nothing filtered off. */
MlDialyzer ml_dialyzer_usual(void);
extern const double ml_session_minutes;

/* Sets the inputs from dialyzing to peritoneal_drain; all others are left alone. */
void ml_dialyzer_inputs(const MlDialyzer *d, double *input);
void ml_dialysate_inputs(const MlDialysate *f, double *input);

/* Of the water beyond dry weight what a session can take off, L: what vessels spare and what comes back to them, of ascites little. */
double ml_spared_water(const MlPerson *person, double water, double minutes);

/* Of a patient with sessions in gaps of two, two and three days: when the k-th session back began, counted from a moment that lies
 * `gap` minutes behind the end of the last (negative). since: the gap that the next session will end. */
double ml_past_session(double gap, double since, int k);

#endif
