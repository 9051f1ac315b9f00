import { Input, type InputProps, type InputRef } from 'antd'
import { useEffect, useRef } from 'react'

/** The first field of a form that was just asked for: the cursor stands in it when it appears, and only then. */
export function FocusedInput(props: InputProps) {
  const field = useRef<InputRef>(null)
  useEffect(() => field.current?.focus(), [])
  return <Input ref={field} {...props} />
}
