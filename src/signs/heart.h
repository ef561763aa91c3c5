/* SPDX-License-Identifier: Apache-2.0 */
/* The heart of one person at one moment: rate, the intervals of the electrocardiogram, the ventricle.
 *
 *   P      share of atrial fibers that answer, by the sodium channels h that are ready at their resting potential
 *   rate   what the nerves ask for, moved by what ions do to the sinus node; the junction leads where P fails; no more than the node passes
 *   PR     a / sqrt(h) + n D + p v0/v        atria; node; below it. D = (1 - s) / (I - s), I: calcium current of the node to normal
 *   QRS    Q v0/v                            v: conduction across the wall
 *   QT     T + r (QRS - L/v)                 T: from the stimulus of the wall, L thick, to the end of its T wave
 *   QTc    QT (rate / 60)^(1/3)              Fridericia, which holds in work too
 *
 * The node passes no cycle shorter than w D, less where nerves drive.
 * Where the impulse does not pass, there are no QRS, QT and T wave. Sources: ecg.def. */
#ifndef ML_SIGNS_HEART_H
#define ML_SIGNS_HEART_H

#include "signs/excite.h"
#include "tissue/heart.h"


MlHeartInput ml_heart_of(const MlExcite *x); /* bath and rate */
void ml_heart_outputs(const MlExcite *x, const MlHeartRead *usual, const MlHeartRead *now, double *out);

#endif
