/* SPDX-License-Identifier: Apache-2.0 */
#include "person/size.h"

#include <math.h>

/* Body water, L: from fat where it is known (73.2 % of lean mass; Pace & Rathbun, J Biol Chem 1945;158:685),
 * else Watson, Am J Clin Nutr 1980;33:27. */
double ml_body_water(const MlPerson *p, int fat_known) {
    if (fat_known) return 0.732 * p->mass * (1.0 - p->body_fat);
    const double cm = 100.0 * p->height;
    return p->sex == ML_C_MALE ? 2.447 - 0.09516 * p->age + 0.1074 * cm + 0.3362 * p->mass
                               : -2.097 + 0.1069 * cm + 0.2466 * p->mass;
}

/* Nadler, Surgery 1962;51:224; L. */
double ml_blood_volume(const MlPerson *p) {
    const double h3 = p->height * p->height * p->height;
    return p->sex == ML_C_MALE ? 0.3669 * h3 + 0.03219 * p->mass + 0.6041
                               : 0.3561 * h3 + 0.03308 * p->mass + 0.1833;
}

/* DuBois & DuBois 1916; m2. */
double ml_body_surface(const MlPerson *p) {
    return 0.007184 * pow(p->mass, 0.425) * pow(100.0 * p->height, 0.725);
}

/* Healthy filtration by age, L/min per 1.73 m2: 107 to the age of 40 (Pottel, Clin Kidney J
 * 2017; British donors 100: Fenton, BMC Nephrol 2018), then 0.8 a year less (Poggio, Kidney Int
 * 2009;75:1079, from 45 on). */
double ml_healthy_gfr(double age) { return 1e-3 * (107.0 - (age > 40.0 ? 0.8 * (age - 40.0) : 0.0)); }

/* Creatinine of plasma and GFR per 1.73 m2 by age and sex: CKD-EPI 2021 (Inker, N Engl J Med 2021;385:1737). umol/L, L/min. */
typedef struct CkdEpi {
    double gfr, creatinine, below, above; /* where the two powers meet */
} CkdEpi;
static CkdEpi ckd_epi(const MlPerson *p) {
    const double years = pow(0.9938, p->age), umol = 88.4; /* of mg/dL */
    if (p->sex == ML_C_FEMALE) return (CkdEpi){0.142 * 1.012 * years, 0.7 * umol, 0.241, 1.2};
    return (CkdEpi){0.142 * years, 0.9 * umol, 0.302, 1.2};
}
double ml_epi_gfr(const MlPerson *p, double creatinine) {
    const CkdEpi f = ckd_epi(p);
    const double x = creatinine / f.creatinine;
    return f.gfr * pow(x, -(x < 1 ? f.below : f.above));
}
double ml_epi_creatinine(const MlPerson *p, double gfr) {
    const CkdEpi f = ckd_epi(p);
    const double x = f.gfr / gfr;
    return f.creatinine * pow(x, 1 / (x < 1 ? f.below : f.above));
}

/* Extracellular share by bromide: Silva, Physiol Meas 2007;28:489. */
MlTypical ml_typical(const MlPerson *p) {
    if (p->sex == ML_C_MALE) return (MlTypical){0.45, 0.40};
    return (MlTypical){0.405, 0.43};
}
