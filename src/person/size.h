/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from sex, age, height and mass. */
#ifndef ML_PERSON_SIZE_H
#define ML_PERSON_SIZE_H

#include "person/person.h"

double ml_body_water(const MlPerson *p, int fat_known); /* L */
double ml_blood_volume(const MlPerson *p);              /* L */
double ml_body_surface(const MlPerson *p);              /* m2 */

/* Filtration of healthy kidneys, L/min per 1.73 m2; filtration of a plasma creatinine (umol/L) and the reverse. */
double ml_healthy_gfr(double age);
double ml_epi_gfr(const MlPerson *p, double creatinine);
double ml_epi_creatinine(const MlPerson *p, double gfr);

/* Sex-typical shares: hematocrit of the whole body is 0.91 of the venous one (Chaplin 1953); of body water. */
typedef struct MlTypical {
    double hematocrit, extracellular;
} MlTypical;
MlTypical ml_typical(const MlPerson *p);

#endif
