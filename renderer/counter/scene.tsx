import type { CounterView, TroubleCode } from '../../shared/domain/checkout/view.ts'
import {
  BookScene,
  BowlScene,
  CardScene,
  CardTroubleScene,
  CashScene,
  PinScene,
  PlaceScene,
  ScaleScene,
  StaffScene,
  TakeScene,
  WeighScene,
} from '../ui/art/scenes.tsx'

function TroubleScene({ code }: { readonly code: TroubleCode }) {
  switch (code) {
    case 'card-unknown':
      return <CardTroubleScene mark="unknown" />
    case 'card-lost':
    case 'card-returned':
      return <CardTroubleScene mark="lost" />
    case 'two-cards':
      return <CardTroubleScene mark="two" />
    case 'daily-limit':
    case 'subsidy-used':
    case 'balance-changed':
    case 'day-closed':
      return <CardScene />
    case 'already-paid':
    case 'take-plate-away':
    case 'scale-overload':
    case 'scale-not-zeroed':
      return <TakeScene />
    case 'scale-unstable':
      return <WeighScene />
    case 'weight-below-minimum':
      return <PlaceScene />
    case 'scale-negative':
    case 'scale-underload':
    case 'scale-tared':
    case 'scale-stale':
    case 'scale-disconnected':
    case 'scale-verification-expired':
    case 'scale-check-due':
    case 'scale-check-failed':
    case 'scale-in-check':
      return <ScaleScene />
    case 'disk-full':
    case 'book-read-only':
    case 'book-unavailable':
    case 'clock-to-confirm':
      return <BookScene />
  }
}

/** The picture that goes with the moment. */
export function Scene({ view }: { readonly view: CounterView }) {
  switch (view.phase) {
    case 'idle':
    case 'awaiting-plate':
      return <PlaceScene />
    case 'weighing':
    case 'choose-dish':
      return <WeighScene />
    case 'ready':
      return view.held ? <WeighScene /> : <CardScene />
    case 'checking':
      return <BookScene />
    case 'paid':
      return <BowlScene />
    case 'insufficient':
      return <CashScene />
    case 'confirm':
      return view.confirm?.hasPin === true ? <PinScene /> : <StaffScene says="yes" />
    case 'diet-warning':
      return <StaffScene says="question" />
    case 'trouble':
      return view.trouble === null ? <BookScene /> : <TroubleScene code={view.trouble} />
  }
}
