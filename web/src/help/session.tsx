// The helper's session: ties the seat to its screens.
import { useEffect, useMemo } from 'preact/hooks'
import { t } from '../i18n/seats'
import { HelperSeat } from '../seat/helper'
import { pageWorld, tie } from '../seat/page'
import type { SeatWorld } from '../seat/seat'
import { consentText } from '../session/consent'
import { signInHref } from '../ui/account'
import { Gate } from '../ui/gate'
import { useReadable, useTitle } from '../ui/hooks'
import type { HelperDoes } from './does'
import { forgetShown, shownFor } from './keep'
import { HelperScreen } from './screen'

/** One world per page: a helper has many sessions one after another in the same page. */
let world: SeatWorld | null = null
function theWorld(): SeatWorld {
  world ??= pageWorld()
  return world
}

export default function Session({ id, onNewCode }: { id: string; onNewCode: () => void }) {
  const seat = useMemo(() => new HelperSeat(id, theWorld()), [id])
  const view = useReadable(seat.view)
  useEffect(() => {
    const untie = tie(seat)
    seat.start()
    return () => {
      untie()
      seat.stop()
    }
  }, [seat])
  const state = view.snapshot?.state ?? 'waiting'
  useEffect(() => {
    if (view.snapshot && state !== 'waiting') forgetShown() // the code is used or dead
  }, [state])
  useTitle(t(`title.${state}`))
  return (
    <Gate
      socket={view.socket}
      ready={view.snapshot !== null}
      signInHref={signInHref('/help')}
      startHref="/help"
      onTakeOver={() => seat.takeOver()}
      onLeave={() => location.assign('/help')}
    >
      <HelperScreen view={view} shown={shownFor(id)} does={doesOf(seat, onNewCode)} />
    </Gate>
  )
}

function doesOf(seat: HelperSeat, onNewCode: () => void): HelperDoes {
  return {
    proceed: (acknowledged) => void seat.act('continue', { text: consentText, acknowledged: [...acknowledged] }),
    cancel: () => void seat.act('cancel'),
    leave: () => void seat.leave(),
    still: () => seat.askStill(),
    say: (text) => seat.say(text),
    sayAgain: (line) => seat.sayAgain(line),
    newCode: onNewCode
  }
}
