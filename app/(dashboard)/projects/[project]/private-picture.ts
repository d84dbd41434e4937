type Picture = { readonly mediaType: string; readonly bytes: Uint8Array }

/** A kept picture for whoever is signed in, as what it was found to be; 404 for none. */
export const privatePicture = (picture: Picture | null): Response =>
  picture
    ? new Response(Uint8Array.from(picture.bytes), {
        headers: { 'content-type': picture.mediaType, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
      })
    : new Response(null, { status: 404 })
