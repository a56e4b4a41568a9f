// The sharer's session, from the trust screen on: ties the seat to its screens.
// Downloaded while the person still types the code.
import { useEffect, useMemo } from 'preact/hooks'
import { t } from '../i18n/seats'
import { pageWorld, tie } from '../seat/page'
import { SharerSeat } from '../seat/sharer'
import { consentText } from '../session/consent'
import { signInHref } from '../ui/account'
import { Gate } from '../ui/gate'
import { useReadable, useTitle } from '../ui/hooks'
import type { SharerDoes } from './does'
import { forgetSession, keepSession } from './keep'
import { SharerScreen } from './screen'

export default function Session({ id }: { id: string }) {
  const seat = useMemo(() => new SharerSeat(id, pageWorld()), [])
  const view = useReadable(seat.view)
  useEffect(() => {
    keepSession(id)
    const untie = tie(seat)
    seat.start()
    return () => {
      untie()
      seat.stop()
    }
  }, [])
  const state = view.snapshot?.state ?? 'waiting'
  useEffect(() => {
    if (state === 'ended') forgetSession()
  }, [state])
  useTitle(t(`title.${state}`))
  return (
    <Gate
      socket={view.socket}
      ready={view.snapshot !== null}
      signInHref={signInHref('/join')}
      startHref="/join"
      onTakeOver={() => seat.takeOver()}
      onLeave={() => {
        forgetSession()
        location.assign('/')
      }}
    >
      <SharerScreen view={view} does={doesOf(seat)} />
    </Gate>
  )
}

function doesOf(seat: SharerSeat): SharerDoes {
  return {
    allow: (digits) => void seat.act('allow', { text: consentText, ...(digits === '' ? {} : { number: digits }) }),
    decline: () => void seat.act('decline'),
    report: () => void seat.act('report'),
    share: () => void seat.share(),
    change: () => void seat.change(),
    pause: () => void seat.pause(),
    resume: () => void seat.resume(),
    end: () => void seat.end(),
    say: (text) => seat.say(text),
    sayAgain: (line) => seat.sayAgain(line)
  }
}
