/** A file that no picture can be made of. */
export class NotAPicture extends Error {
  override readonly name = 'NotAPicture'
}

/** Large enough to know somebody by, and some 40 KB. */
const SIDE = 480

/** The middle of a picture as a small square JPEG, in base64. @throws NotAPicture */
export async function smallJpeg(file: File): Promise<string> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NotAPicture(file.type)
  })
  const side = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2]
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE)
  picture.close()
  return canvas.toDataURL('image/jpeg', 0.85).replace(/^data:[^,]*,/, '')
}
